package dev.edj.portal.policy;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controller of execution policies.
@Configuration(proxyBeanMethods = false)
@Import(PolicyPages.class)
public class PolicyPagesConfiguration {}
