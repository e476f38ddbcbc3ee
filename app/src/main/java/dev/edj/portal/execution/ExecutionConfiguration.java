package dev.edj.portal.execution;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The pages of one execution.
@Configuration(proxyBeanMethods = false)
@Import({ExecutionPages.class, ExecutionActions.class, ResultPages.class})
public class ExecutionConfiguration {}
