package dev.edj.portal.notice;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controller of notices.
@Configuration(proxyBeanMethods = false)
@Import(NoticePages.class)
public class NoticePagesConfiguration {}
