package dev.edj.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One batch of a script execution attempt.
///
/// @param number from 1 within the script
public record BatchExecution(
    int number,
    Lifecycle lifecycle,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String message) {}
