package dev.edj.execution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One attempt at one unit of work of an execution; a retry is a new one.
///
/// @param id the execution's id, a dot, and the task's number within it
/// @param number from 1 within the execution
/// @param message the error as the engine gave it, with its number, severity, line and batch
/// @param stack of the error
public record TaskExecution(
    String id,
    UUID executionId,
    int number,
    TaskType type,
    Lifecycle lifecycle,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String node,
    @Nullable String message,
    @Nullable String stack) {

  public static String id(UUID executionId, int number) {
    return executionId + "." + number;
  }
}
