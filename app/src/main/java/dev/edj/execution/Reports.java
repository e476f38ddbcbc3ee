package dev.edj.execution;

import dev.edj.controldb.DeadlockVictim;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
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
    Set<Attempt> accepted = DeadlockVictim.retry(jdbi, handle -> record(handle, sorted));
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

  private static Set<Attempt> record(Handle handle, List<AttemptReport> reports) {
    ReportStore store = handle.attach(ReportStore.class);
    store.begin();
    store.lockCounters(
        reports.stream().mapToLong(one -> one.child().stepExecutionId()).distinct().toArray());
    List<ReportStore.Accepted> accepted =
        store.endAttempts(
            Ends.of(reports),
            Details.of(reports, AttemptReport::child, AttemptReport::batches, AttemptReport::log),
            Kept.of(reports));
    Set<UUID> finished = new TreeSet<>(follow(handle.attach(FollowingStore.class), accepted));
    accepted.stream()
        .map(ReportStore.Accepted::finishedRun)
        .filter(Objects::nonNull)
        .forEach(finished::add);
    if (!finished.isEmpty()) {
      store.endRuns(finished.toArray(UUID[]::new));
    }
    return accepted.stream()
        .map(one -> new Attempt(one.executionId(), one.attempt()))
        .collect(Collectors.toSet());
  }

  /// Releases or skips the next steps on these databases, and halts runs in which too many failed.
  /// Returns the runs in which something was skipped.
  private static List<UUID> follow(FollowingStore store, List<ReportStore.Accepted> accepted) {
    UUID[] released = successors(accepted, lifecycle -> lifecycle == Lifecycle.Succeeded);
    if (released.length > 0) {
      store.release(released);
    }
    UUID[] skipped =
        successors(accepted, lifecycle -> lifecycle.ended() && lifecycle != Lifecycle.Succeeded);
    List<UUID> touched = skipped.length == 0 ? List.of() : store.skip(skipped);
    UUID[] failed =
        accepted.stream()
            .filter(
                one -> one.lifecycle() == Lifecycle.Failed || one.lifecycle() == Lifecycle.TimedOut)
            .map(ReportStore.Accepted::executionId)
            .toArray(UUID[]::new);
    if (failed.length > 0) {
      List<UUID> limited = store.lockLimitedRunsOf(failed);
      if (!limited.isEmpty()) {
        store.halt(limited.toArray(UUID[]::new));
      }
    }
    return touched;
  }

  private static UUID[] successors(
      List<ReportStore.Accepted> accepted, Predicate<Lifecycle> wanted) {
    return accepted.stream()
        .filter(one -> wanted.test(one.lifecycle()))
        .map(ReportStore.Accepted::successor)
        .filter(Objects::nonNull)
        .sorted()
        .toArray(UUID[]::new);
  }

  /// One batch of reports may hold a lost attempt of a child and the next one.
  private record Attempt(UUID executionId, int number) {

    static Attempt of(AttemptReport report) {
      return new Attempt(report.child().executionId(), report.child().attempt());
    }
  }
}
