package dev.edj.portal.query;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controllers of fleet queries.
@Configuration(proxyBeanMethods = false)
@Import({QueryPages.class, RowPages.class})
public class QueryPagesConfiguration {}
