package dev.edj.execution;

import dev.edj.execution.AttemptReport.BatchReport;
import dev.edj.execution.AttemptReport.LogPiece;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Batches and pieces of log of many attempts, in the columns in which a statement takes them.
/// Public because Jdbi binds public types only.
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record Details(
    UUID[] batchOwners,
    int[] batchAttempts,
    int[] batchNumbers,
    String[] batchLifecycles,
    Long[] startedAfterMs,
    Long[] endedAfterMs,
    String[] batchMessages,
    UUID[] logOwners,
    int[] logAttempts,
    int[] pieces,
    String[] texts) {

  static <T> Details of(
      List<T> attempts,
      Function<T, ClaimedChild> child,
      Function<T, List<BatchReport>> batches,
      Function<T, List<LogPiece>> log) {
    List<Owned<BatchReport>> allBatches =
        attempts.stream().flatMap(a -> owned(child.apply(a), batches.apply(a))).toList();
    List<Owned<LogPiece>> allPieces =
        attempts.stream().flatMap(a -> owned(child.apply(a), log.apply(a))).toList();
    return new Details(
        Columns.of(allBatches, b -> b.owner().executionId(), UUID[]::new),
        Columns.ints(allBatches, b -> b.owner().attempt()),
        Columns.ints(allBatches, b -> b.value().number()),
        Columns.of(allBatches, b -> b.value().lifecycle().name(), String[]::new),
        Columns.of(allBatches, b -> b.value().startedAfter().toMillis(), Long[]::new),
        Columns.of(allBatches, b -> milliseconds(b.value().endedAfter()), Long[]::new),
        Columns.texts(allBatches, b -> b.value().message()),
        Columns.of(allPieces, p -> p.owner().executionId(), UUID[]::new),
        Columns.ints(allPieces, p -> p.owner().attempt()),
        Columns.ints(allPieces, p -> p.value().piece()),
        Columns.texts(allPieces, p -> p.value().text()));
  }

  static @Nullable Long milliseconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  private static <T> Stream<Owned<T>> owned(ClaimedChild child, List<T> values) {
    return values.stream().map(value -> new Owned<>(child, value));
  }

  private record Owned<T>(ClaimedChild owner, T value) {}
}
