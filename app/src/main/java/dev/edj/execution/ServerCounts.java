package dev.edj.execution;

import org.jdbi.v3.core.mapper.Nested;

/// How a step's children on one server stand.
public record ServerCounts(int stepId, String step, String server, @Nested Counts children) {}
