package dev.edj.worker;

import java.time.Duration;

/// The limits of one node's worker.
///
/// @param capacity the most children claimed and not yet reported
/// @param mostClaimedAtOnce the most children one claim takes
/// @param reserved slots of the capacity that only a step of which nothing runs yet may take
/// @param logLimit the most characters kept of what one attempt prints
/// @param grace how long running attempts may go on when the node is stopped
/// @param stopPatience how long to wait for attempts that were stopped to end
public record WorkerSettings(
    int capacity,
    int mostClaimedAtOnce,
    int reserved,
    int logLimit,
    Duration grace,
    Duration stopPatience) {

  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  /// Defaults for a node with `capacity` slots: a tenth reserved, a million characters of log, 5 s
  /// of grace.
  public static WorkerSettings ofCapacity(int capacity) {
    return new WorkerSettings(
        capacity, 500, capacity / 10, 1_000_000, DEFAULT_GRACE, Duration.ofSeconds(5));
  }

  public WorkerSettings withGrace(Duration grace) {
    return new WorkerSettings(capacity, mostClaimedAtOnce, reserved, logLimit, grace, stopPatience);
  }
}
