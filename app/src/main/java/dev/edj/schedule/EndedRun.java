package dev.edj.schedule;

import java.time.Duration;
import java.util.UUID;

/// A run of a job that has ended.
///
/// @param lifecycle how
/// @param took since its start was asked for
public record EndedRun(UUID executionId, String lifecycle, Duration took) {}
