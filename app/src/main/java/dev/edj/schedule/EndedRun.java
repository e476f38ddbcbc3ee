package dev.edj.schedule;

import dev.edj.execution.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A run of a job that has ended.
///
/// @param createdAt when its start was asked for
public record EndedRun(
    UUID executionId, String job, Lifecycle lifecycle, Instant createdAt, Instant endedAt) {

  public Duration took() {
    return Duration.between(createdAt, endedAt);
  }

  public boolean succeeded() {
    return lifecycle == Lifecycle.Succeeded || lifecycle == Lifecycle.SucceededWithSkipped;
  }
}
