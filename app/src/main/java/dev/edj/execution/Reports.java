package dev.edj.execution;

import dev.edj.execution.AttemptReport.BatchReport;
import dev.edj.execution.AttemptReport.LogPiece;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Records how attempts ended, many at a time, in one transaction: the children, their tasks,
/// batches and logs, the counters, and the end of a run whose last child this was.
public final class Reports {

  private final Jdbi jdbi;

  public Reports(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Returns the reports that were refused because the child was no longer this node's: it was
  /// taken for lost, and goes on elsewhere.
  public List<AttemptReport> record(List<AttemptReport> reports) {
    List<AttemptReport> sorted =
        reports.stream()
            .sorted(Comparator.comparing(report -> report.child().executionId()))
            .toList();
    Set<UUID> accepted =
        jdbi.inTransaction(handle -> record(handle.attach(ReportStore.class), sorted));
    return sorted.stream().filter(r -> !accepted.contains(r.child().executionId())).toList();
  }

  /// Records what running attempts have done so far, so that it can be seen and is not lost with
  /// the node.
  public void recordProgress(List<AttemptProgress> progress) {
    jdbi.useTransaction(handle -> {
      ReportStore store = handle.attach(ReportStore.class);
      store.begin();
      Map<UUID, Instant> starts =
          starts(
              store.held(
                  array(progress, p -> p.child().executionId(), UUID[]::new),
                  ints(progress, p -> p.child().attempt()),
                  longs(progress, p -> p.child().nodeId())));
      List<AttemptProgress> held =
          progress.stream().filter(p -> starts.containsKey(p.child().executionId())).toList();
      recordDetails(
          store,
          starts,
          held.stream().flatMap(p -> details(p.child(), p.batches())).toList(),
          held.stream().flatMap(p -> details(p.child(), p.log())).toList());
    });
  }

  /// Ends those of the runs whose children have all ended.
  public void endRuns(List<UUID> runs) {
    if (!runs.isEmpty()) {
      jdbi.useTransaction(handle ->
          handle.attach(ReportStore.class).endRuns(runs.stream().sorted().toArray(UUID[]::new)));
    }
  }

  private static Set<UUID> record(ReportStore store, List<AttemptReport> reports) {
    store.begin();
    Map<UUID, Instant> starts =
        starts(
            store.endAttempts(
                array(reports, r -> r.child().executionId(), UUID[]::new),
                ints(reports, r -> r.child().attempt()),
                longs(reports, r -> r.child().nodeId()),
                array(reports, r -> r.type().name(), String[]::new),
                array(reports, r -> r.attemptLifecycle().name(), String[]::new),
                array(reports, r -> r.childLifecycle().name(), String[]::new),
                array(reports, r -> milliseconds(r.retryAfter()), Long[]::new),
                ints(reports, r -> r.counted() ? 1 : 0),
                array(reports, r -> storable(r.message()), String[]::new),
                array(reports, r -> storable(r.stack()), String[]::new)));
    List<AttemptReport> accepted =
        reports.stream().filter(r -> starts.containsKey(r.child().executionId())).toList();
    recordDetails(
        store,
        starts,
        accepted.stream().flatMap(r -> details(r.child(), r.batches())).toList(),
        accepted.stream().flatMap(r -> details(r.child(), r.log())).toList());
    count(store, accepted);
    return new HashSet<>(starts.keySet());
  }

  private static void recordDetails(
      ReportStore store,
      Map<UUID, Instant> starts,
      List<Detail<BatchReport>> batches,
      List<Detail<LogPiece>> log) {
    if (!batches.isEmpty()) {
      store.recordBatches(
          array(batches, b -> b.child().executionId(), UUID[]::new),
          ints(batches, b -> b.child().attempt()),
          ints(batches, b -> b.value().number()),
          array(batches, b -> b.value().lifecycle().name(), String[]::new),
          array(batches, b -> at(starts, b.child(), b.value().startedAfter()), Long[]::new),
          array(batches, b -> at(starts, b.child(), b.value().endedAfter()), Long[]::new),
          array(batches, b -> storable(b.value().message()), String[]::new));
    }
    if (!log.isEmpty()) {
      store.recordLog(
          array(log, l -> l.child().executionId(), UUID[]::new),
          ints(log, l -> l.child().attempt()),
          ints(log, l -> l.value().piece()),
          array(log, l -> storable(l.value().text()), String[]::new));
    }
  }

  private static void count(ReportStore store, List<AttemptReport> accepted) {
    // Sorted by step: two reports that meet lock the counters in the same order.
    Map<Long, Map<Lifecycle, Long>> counts =
        accepted.stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.child().stepExecutionId(),
                    TreeMap::new,
                    Collectors.groupingBy(AttemptReport::childLifecycle, Collectors.counting())));
    if (counts.isEmpty()) {
      return;
    }
    List<Map<Lifecycle, Long>> steps = List.copyOf(counts.values());
    List<UUID> runs =
        store.countEnded(
            counts.keySet().stream().mapToLong(Long::longValue).toArray(),
            ints(steps, s -> s.values().stream().mapToInt(Long::intValue).sum()),
            ints(steps, s -> countOf(s, Lifecycle.WaitingForRetry)),
            ints(steps, s -> countOf(s, Lifecycle.Succeeded)),
            ints(steps, s -> countOf(s, Lifecycle.Failed)),
            ints(steps, s -> countOf(s, Lifecycle.TimedOut)),
            ints(steps, s -> countOf(s, Lifecycle.Canceled)));
    if (!runs.isEmpty()) {
      store.endRuns(runs.stream().sorted().toArray(UUID[]::new));
    }
  }

  private static int countOf(Map<Lifecycle, Long> counts, Lifecycle lifecycle) {
    return counts.getOrDefault(lifecycle, 0L).intValue();
  }

  private static Map<UUID, Instant> starts(List<ReportStore.Accepted> accepted) {
    return accepted.stream()
        .collect(
            Collectors.toMap(
                ReportStore.Accepted::executionId, ReportStore.Accepted::attemptStartedAt));
  }

  private static <T> Stream<Detail<T>> details(ClaimedChild child, List<T> values) {
    return values.stream().map(value -> new Detail<>(child, value));
  }

  /// The moment in the control database's time, in milliseconds since the epoch.
  private static @Nullable Long at(
      Map<UUID, Instant> starts, ClaimedChild child, @Nullable Duration after) {
    Instant start = starts.get(child.executionId());
    return start == null || after == null ? null : start.plus(after).toEpochMilli();
  }

  private static @Nullable Long milliseconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  /// PostgreSQL's text holds every character but NUL.
  private static @Nullable String storable(@Nullable String text) {
    return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  private static <T, V> V[] array(
      List<T> rows, Function<T, @Nullable V> column, IntFunction<V[]> array) {
    return rows.stream().map(column).toArray(array);
  }

  private static <T> int[] ints(List<T> rows, ToIntFunction<T> column) {
    return rows.stream().mapToInt(column).toArray();
  }

  private static <T> long[] longs(List<T> rows, ToLongFunction<T> column) {
    return rows.stream().mapToLong(column).toArray();
  }

  private record Detail<T>(ClaimedChild child, T value) {}
}
