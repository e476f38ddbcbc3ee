package dev.edj.portal.notice;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controllers of notices.
@Configuration(proxyBeanMethods = false)
@Import({NoticePages.class, NoticeFormPages.class, DeliveryPages.class})
public class NoticePagesConfiguration {}
