package dev.edj.portal.schedule;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The pages of schedules and triggers.
@Configuration(proxyBeanMethods = false)
@Import({ScheduleListPages.class, SchedulePages.class, ScheduleFormPages.class, TriggerPages.class})
public class SchedulePagesConfiguration {}
