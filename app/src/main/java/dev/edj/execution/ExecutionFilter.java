package dev.edj.execution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which executions to list, newest first; null leaves a criterion out. Without `parent`, `server`
/// or `database` only top-level executions are listed, without `includeInactive` or `lifecycle`
/// only active ones.
///
/// @param schedule name of the schedule that started it
/// @param target name or id of a target the run was started on, of any kind
/// @param server any of the ways to write its name
/// @param createdTo only those created before
/// @param startedTo only those started before; with either of the two, only those that have started
/// @param after the id of the last execution of the page before
/// @param limit rows of a page, 1 to 1,000
public record ExecutionFilter(
    @Nullable UUID parent,
    @Nullable String job,
    @Nullable Purpose purpose,
    @Nullable String schedule,
    @Nullable String target,
    @Nullable String content,
    @Nullable String server,
    @Nullable String database,
    @Nullable Lifecycle lifecycle,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable Instant startedFrom,
    @Nullable Instant startedTo,
    boolean includeInactive,
    @Nullable UUID after,
    int limit) {

  /// Whenever they started.
  public ExecutionFilter(
      @Nullable UUID parent,
      @Nullable String job,
      @Nullable Purpose purpose,
      @Nullable String schedule,
      @Nullable String target,
      @Nullable String content,
      @Nullable String server,
      @Nullable String database,
      @Nullable Lifecycle lifecycle,
      @Nullable Instant createdFrom,
      @Nullable Instant createdTo,
      boolean includeInactive,
      @Nullable UUID after,
      int limit) {
    this(
        parent,
        job,
        purpose,
        schedule,
        target,
        content,
        server,
        database,
        lifecycle,
        createdFrom,
        createdTo,
        null,
        null,
        includeInactive,
        after,
        limit);
  }
}
