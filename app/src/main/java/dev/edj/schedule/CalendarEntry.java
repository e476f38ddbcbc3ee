package dev.edj.schedule;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one trigger does on one day.
///
/// @param first the first of its planned times
/// @param last the last of those that were counted
/// @param more whether there are more than were counted
/// @param executionId what the last of them started; null unless it is `Started`
/// @param reason why nothing was started; null unless it is `Missed`
public record CalendarEntry(
    State state,
    String job,
    String schedule,
    Instant first,
    Instant last,
    int count,
    boolean more,
    @Nullable UUID executionId,
    @Nullable String reason) {

  /// What has become of a planned time.
  public enum State {
    /// It is still to come.
    Planned,
    /// It has started an execution.
    Started,
    /// It has passed and started nothing.
    Missed
  }
}
