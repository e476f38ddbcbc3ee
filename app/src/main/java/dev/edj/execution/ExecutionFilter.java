package dev.edj.execution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which executions to list, newest first; null leaves a criterion out. Without `parent` or
/// `database` only top-level executions are listed, without `includeInactive` or `lifecycle` only
/// active ones.
///
/// @param schedule name of the schedule that started it
/// @param target name of a target the run was started on, of any kind
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
    boolean includeInactive,
    @Nullable UUID after,
    int limit) {}
