package dev.edj.execution;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

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
    Set<Attempt> accepted =
        jdbi.inTransaction(handle -> record(handle.attach(ReportStore.class), sorted));
    return sorted.stream().filter(report -> !accepted.contains(Attempt.of(report))).toList();
  }

  /// Records what running attempts have done so far, so that it can be seen and is not lost with
  /// the node.
  public void recordProgress(List<AttemptProgress> progress) {
    jdbi.useTransaction(handle -> {
      ReportStore store = handle.attach(ReportStore.class);
      store.begin();
      store.recordProgress(
          Columns.of(progress, p -> p.child().executionId(), UUID[]::new),
          Columns.ints(progress, p -> p.child().attempt()),
          Columns.longs(progress, p -> p.child().nodeId()),
          Details.of(
              progress, AttemptProgress::child, AttemptProgress::batches, AttemptProgress::log));
    });
  }

  /// Ends those of the runs whose children have all ended.
  public void endRuns(List<UUID> runs) {
    if (!runs.isEmpty()) {
      jdbi.useTransaction(handle ->
          handle.attach(ReportStore.class).endRuns(runs.stream().sorted().toArray(UUID[]::new)));
    }
  }

  private static Set<Attempt> record(ReportStore store, List<AttemptReport> reports) {
    store.begin();
    List<ReportStore.Accepted> accepted =
        store.endAttempts(
            Ends.of(reports),
            Details.of(reports, AttemptReport::child, AttemptReport::batches, AttemptReport::log));
    UUID[] finished =
        accepted.stream()
            .map(ReportStore.Accepted::finishedRun)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toArray(UUID[]::new);
    if (finished.length > 0) {
      store.endRuns(finished);
    }
    return accepted.stream()
        .map(one -> new Attempt(one.executionId(), one.attempt()))
        .collect(Collectors.toSet());
  }

  /// One batch of reports may hold a lost attempt of a child and the next one.
  private record Attempt(UUID executionId, int number) {

    static Attempt of(AttemptReport report) {
      return new Attempt(report.child().executionId(), report.child().attempt());
    }
  }
}
