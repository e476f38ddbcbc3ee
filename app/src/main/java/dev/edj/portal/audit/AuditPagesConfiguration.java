package dev.edj.portal.audit;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controller of the audit log.
@Configuration(proxyBeanMethods = false)
@Import(AuditPages.class)
public class AuditPagesConfiguration {}
