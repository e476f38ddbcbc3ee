package dev.edj.execution;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs whose children exist, in the columns in which a statement takes them. Public because Jdbi
/// binds public types only.
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record ExpandedRuns(
    UUID[] runs, String[] messages, int[] waves, @Nullable Integer[] failureLimits) {

  public static ExpandedRuns of(List<ExpandedRun> runs) {
    return new ExpandedRuns(
        Columns.of(runs, ExpandedRun::run, UUID[]::new),
        Columns.texts(runs, ExpandedRun::message),
        Columns.ints(runs, ExpandedRun::waves),
        Columns.of(runs, ExpandedRun::failureLimit, Integer[]::new));
  }

  /// One of them.
  ///
  /// @param message why nothing is run, where that is so
  /// @param failureLimit the failures at which nothing more is begun; null means no limit
  public record ExpandedRun(
      UUID run, @Nullable String message, int waves, @Nullable Integer failureLimit) {}
}
