package dev.edj.portal.job;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controllers of jobs.
@Configuration(proxyBeanMethods = false)
@Import({JobPages.class, JobFormPages.class, JobStartPages.class, JobDifferencePages.class})
public class JobPagesConfiguration {}
