package dev.edj.execution;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Children of a step to be inserted, in the columns in which a statement takes them. Public
/// because Jdbi binds public types only.
///
/// @param waves null where the run has but one
/// @param blocks how many things each waits for before it may begin
/// @param successors the children of the next step on the same databases
/// @param parameters values that the databases' targets carry, in JSON; null where they carry none
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record NewChildren(
    UUID[] ids,
    int[] serverIds,
    String[] databases,
    @Nullable Integer[] waves,
    int[] blocks,
    @Nullable UUID[] successors,
    Boolean[] skipped,
    @Nullable String[] parameters) {}
