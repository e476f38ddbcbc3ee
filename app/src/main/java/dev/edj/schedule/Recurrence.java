package dev.edj.schedule;

/// How a schedule repeats, if it does.
public sealed interface Recurrence permits Once, Interval, Weekly, Cron {}
