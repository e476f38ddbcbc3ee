package dev.edj.worker;

/// Why a running attempt is stopped before its own end.
enum StopReason {
  /// Somebody stopped the execution.
  STOPPED,
  /// The policy's attempt time-out struck.
  ATTEMPT_TIMED_OUT,
  /// The policy's job time-out struck.
  JOB_TIMED_OUT,
  /// This node shuts down.
  NODE_STOPS,
  /// This node could not renew its lease; the work may already go on elsewhere.
  LEASE_LOST
}
