package dev.edj.execution;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Children of steps to be inserted, in the columns in which a statement takes them. Public because
/// Jdbi binds public types only.
///
/// @param steps the step execution of each
/// @param waves null where the run has but one
/// @param blocks how many things each waits for before it may begin
/// @param successors the children of the next step on the same databases
/// @param parameters values that the databases' targets carry, in JSON; null where they carry none
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record NewChildren(
    UUID[] ids,
    long[] steps,
    int[] serverIds,
    String[] databases,
    @Nullable Integer[] waves,
    int[] blocks,
    @Nullable UUID[] successors,
    Boolean[] skipped,
    @Nullable String[] parameters) {

  public static NewChildren together(List<NewChildren> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : new NewChildren(
            parts.stream().flatMap(part -> Arrays.stream(part.ids())).toArray(UUID[]::new),
            parts.stream().flatMapToLong(part -> Arrays.stream(part.steps())).toArray(),
            parts.stream().flatMapToInt(part -> Arrays.stream(part.serverIds())).toArray(),
            parts.stream().flatMap(part -> Arrays.stream(part.databases())).toArray(String[]::new),
            parts.stream().flatMap(part -> Arrays.stream(part.waves())).toArray(Integer[]::new),
            parts.stream().flatMapToInt(part -> Arrays.stream(part.blocks())).toArray(),
            parts.stream().flatMap(part -> Arrays.stream(part.successors())).toArray(UUID[]::new),
            parts.stream().flatMap(part -> Arrays.stream(part.skipped())).toArray(Boolean[]::new),
            parts.stream()
                .flatMap(part -> Arrays.stream(part.parameters()))
                .toArray(String[]::new));
  }

  public int size() {
    return ids.length;
  }
}
