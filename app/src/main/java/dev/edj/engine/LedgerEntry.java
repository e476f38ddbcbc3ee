package dev.edj.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of a target's ledger: an execution whose work is in the database.
///
/// @param attempt the attempt that did it
/// @param content what it ran, in words, 200 characters at most
/// @param endedAt when the work was done, in UTC; null before
public record LedgerEntry(
    UUID executionId, int attempt, String content, @Nullable String endedAt) {}
