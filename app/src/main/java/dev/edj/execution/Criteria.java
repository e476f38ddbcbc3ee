package dev.edj.execution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a page of a listing is looked for by, as [PageStore] binds it: names as the ids they have
/// now, lifecycles as those that are wanted, and where the page begins. Public because Jdbi binds
/// public types only.
///
/// @param active lifecycles that have not ended
/// @param ended lifecycles that have
/// @param from the first moment of creation
/// @param before the end of that time: only what was created earlier, or then with a smaller id
///   than `beforeId`
/// @param byStart whether the time of the start counts, too
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record Criteria(
    @Nullable Long jobId,
    @Nullable String schedule,
    @Nullable String purpose,
    @Nullable UUID targetId,
    @Nullable Long contentId,
    @Nullable Integer serverId,
    @Nullable String database,
    String[] active,
    String[] ended,
    Instant from,
    Instant before,
    UUID beforeId,
    boolean byStart,
    Instant startedFrom,
    Instant startedTo,
    int limit) {

  /// Whether anything is asked of the run that a child is of.
  public boolean ofRun() {
    return jobId != null
        || schedule != null
        || purpose != null
        || targetId != null
        || contentId != null;
  }
}
