package dev.edj.execution;

import org.jspecify.annotations.Nullable;

/// Which children of one run are wanted, as [RunDatabasesStore] binds it. Public because Jdbi binds
/// public types only.
///
/// @param name what `LIKE` has the database's name be; null means any
/// @param error the same of the newest attempt's message
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record DatabaseCriteria(
    @Nullable Integer stepId,
    @Nullable Integer serverId,
    String[] lifecycles,
    @Nullable String name,
    @Nullable String error,
    int afterStep,
    int afterServer,
    String afterDatabase,
    int limit) {}
