package dev.edj.execution;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an attempt ended, and what follows for its child execution.
///
/// @param attemptLifecycle how the attempt ended
/// @param childLifecycle how the child stands now: ended, or `WaitingForRetry`
/// @param retryAfter the wait before the next attempt; null when there is none
/// @param counted whether the attempt counts against the policy's maximum
/// @param log what was printed since the last [AttemptProgress]
/// @param returnedRows whether the script returned a row
/// @param kept what is kept of its first result set; null when nothing is
public record AttemptReport(
    ClaimedChild child,
    TaskType type,
    Lifecycle attemptLifecycle,
    Lifecycle childLifecycle,
    @Nullable Duration retryAfter,
    boolean counted,
    @Nullable String message,
    @Nullable String stack,
    List<BatchReport> batches,
    List<LogPiece> log,
    boolean returnedRows,
    @Nullable KeptResult kept) {

  /// The end of an attempt that returned nothing.
  public AttemptReport(
      ClaimedChild child,
      TaskType type,
      Lifecycle attemptLifecycle,
      Lifecycle childLifecycle,
      @Nullable Duration retryAfter,
      boolean counted,
      @Nullable String message,
      @Nullable String stack,
      List<BatchReport> batches,
      List<LogPiece> log) {
    this(
        child,
        type,
        attemptLifecycle,
        childLifecycle,
        retryAfter,
        counted,
        message,
        stack,
        batches,
        log,
        false,
        null);
  }

  /// The same end, with `message` for all that was said and returned.
  public AttemptReport withoutTexts(String message) {
    return new AttemptReport(
        child,
        type,
        attemptLifecycle,
        childLifecycle,
        retryAfter,
        counted,
        message,
        null,
        List.of(),
        List.of(),
        returnedRows,
        null);
  }

  /// One batch of the attempt; offsets are from the moment of the claim, by the worker's monotonic
  /// clock.
  public record BatchReport(
      int number,
      Lifecycle lifecycle,
      Duration startedAfter,
      @Nullable Duration endedAfter,
      @Nullable String message) {}

  /// A piece of the attempt's log.
  ///
  /// @param piece from 0
  public record LogPiece(int piece, String text) {}
}
