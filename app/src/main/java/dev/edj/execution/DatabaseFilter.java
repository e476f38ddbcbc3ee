package dev.edj.execution;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which databases of one run are wanted; null leaves a criterion out.
///
/// @param stepId of a run of several steps
/// @param server any of the ways to write its name
/// @param name a part of the database's name, in upper or lower case
/// @param error a part of the newest attempt's error, in upper or lower case
/// @param after the last child of the page before
///
///   In `name` and `error`, `*` stands for any text.
public record DatabaseFilter(
    @Nullable Lifecycle lifecycle,
    @Nullable Integer stepId,
    @Nullable String server,
    @Nullable String name,
    @Nullable String error,
    @Nullable UUID after,
    int limit) {}
