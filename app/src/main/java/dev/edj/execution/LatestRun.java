package dev.edj.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a list of jobs shows of one of a job's runs.
public record LatestRun(
    String job,
    UUID id,
    Lifecycle lifecycle,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /// How long it took; null while it has not ended, and when it never started.
  public @Nullable Duration took() {
    return startedAt == null || endedAt == null ? null : Duration.between(startedAt, endedAt);
  }
}
