package dev.edj.portal.content;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controllers of contents.
@Configuration(proxyBeanMethods = false)
@Import({ContentPages.class, ContentFormPages.class})
public class ContentPagesConfiguration {}
