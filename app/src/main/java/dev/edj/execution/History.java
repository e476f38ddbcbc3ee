package dev.edj.execution;

import dev.edj.audit.NewAuditEvent;
import dev.edj.execution.HistoryStore.EndedRun;
import dev.edj.problem.EdjException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes ended runs with all that is theirs, in portions: each is a transaction of its own, so
/// whoever is interrupted has removed whole runs only. A run goes as a whole, however large it is.
public final class History {

  private static final Logger log = LoggerFactory.getLogger(History.class);

  private static final int MOST_RUNS = 100;
  private static final int MOST_RESULTS = 1_000;
  private static final int MOST_CHILDREN = 10_000;

  /// Of one purge, which somebody waits for.
  private static final int MOST_PURGED = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final Jdbi jdbi;
  private final HistoryStore store;

  public History(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(HistoryStore.class);
  }

  /// Removes ended runs on demand, as many as a few seconds allow.
  ///
  /// @param job null means of all jobs
  /// @param before only runs that ended earlier; null means all
  public Purged purge(@Nullable String job, @Nullable Instant before, String user) {
    if (job == null && before == null) {
      throw EdjException.invalid(
          "before", "name a job, or a time before which the executions ended, or both");
    }
    Long jobId = job == null ? null : store.job(job);
    if (job != null && jobId == null) {
      throw EdjException.notFound("job", job);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<EndedRun> runs = store.purgeableRuns(jobId, before == null ? LAST : before, MOST_PURGED);
    int removed =
        remove(runs, portion -> purge(job, before, portion), () -> System.nanoTime() < deadline);
    log.info(
        "{} executions purged by {} (job: {}, ended before: {})",
        removed,
        user,
        job == null ? "all" : job,
        before == null ? "any time" : before);
    // Where others remove the same runs, they are left to them.
    return new Purged(
        removed, removed > 0 && (runs.size() == MOST_PURGED || removed < runs.size()));
  }

  private int purge(@Nullable String job, @Nullable Instant before, UUID... portion) {
    return jdbi.inTransaction(handle -> {
      List<UUID> removed = handle.attach(HistoryStore.class).removeRuns(portion);
      if (!removed.isEmpty()) {
        NewAuditEvent.of("execution.purge")
            .named(job)
            .before(new PurgedRuns(job, before, removed))
            .record(handle);
      }
      return removed.size();
    });
  }

  /// Removes what is older than the retention or of deleted jobs. Returns whether there was as much
  /// as this removes at once.
  public boolean removeExpired(Duration retention) {
    List<EndedRun> runs = store.removableRuns(retention.toMillis(), MOST_RUNS);
    remove(runs, portion -> store.removeRuns(portion).size(), () -> true);
    return runs.size() == MOST_RUNS;
  }

  /// Removes kept results that are older than the retention, and not their runs. Returns whether
  /// there were as many as this removes at once.
  public boolean removeExpiredResults(Duration retention) {
    return store.removeOldResults(retention.toMillis(), MOST_RESULTS) == MOST_RESULTS;
  }

  /// Removes plans that are older than the retention, and not their runs. Returns whether there
  /// were as many as this removes at once.
  public boolean removeExpiredPlans(Duration retention) {
    return store.removeOldPlans(retention.toMillis(), MOST_RESULTS) == MOST_RESULTS;
  }

  private static int remove(
      List<EndedRun> runs, ToIntFunction<UUID[]> removal, BooleanSupplier mayGoOn) {
    int removed = 0;
    List<UUID> portion = new ArrayList<>();
    long children = 0;
    for (EndedRun run : runs) {
      boolean full = portion.size() == MOST_RUNS || children + run.children() > MOST_CHILDREN;
      if (full && !portion.isEmpty()) {
        removed += removal.applyAsInt(portion.toArray(UUID[]::new));
        portion.clear();
        children = 0;
        if (!mayGoOn.getAsBoolean()) {
          return removed;
        }
      }
      portion.add(run.executionId());
      children += run.children();
    }
    return portion.isEmpty() ? removed : removed + removal.applyAsInt(portion.toArray(UUID[]::new));
  }

  /// What was purged, in the audit log.
  private record PurgedRuns(
      @Nullable String job, @Nullable Instant endedBefore, List<UUID> executions) {}

  /// What a purge has done.
  ///
  /// @param more whether there may be more to remove
  public record Purged(int removed, boolean more) {}
}
