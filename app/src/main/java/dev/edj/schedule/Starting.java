package dev.edj.schedule;

import static java.util.Objects.requireNonNull;

import dev.edj.execution.TimeOrderedIds;
import dev.edj.execution.TriggeredRun;
import dev.edj.execution.TriggeredRuns;
import dev.edj.execution.TriggeredRuns.JobStanding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Starts jobs on the occasions of one transaction, or records why not: what the overlap setting
/// says, and that a job is disabled or being deleted.
final class Starting {

  /// The most runs of a job that wait for one another.
  private static final int MOST_WAITING = 100;

  private final FiringStore store;
  private final TriggeredRuns runs;
  private final TimeOrderedIds ids;
  private final Set<Long> active = new HashSet<>();
  private final Map<Long, Integer> waiting = new HashMap<>();

  Starting(Handle handle, TimeOrderedIds ids) {
    this.store = handle.attach(FiringStore.class);
    this.runs = new TriggeredRuns(handle);
    this.ids = ids;
  }

  void start(List<Occasion> occasions) {
    if (occasions.isEmpty()) {
      return;
    }
    Map<Long, JobStanding> jobs =
        runs.lock(occasions.stream().map(Occasion::jobId).collect(Collectors.toSet()));
    jobs.forEach((jobId, job) -> {
      if (job.active()) {
        active.add(jobId);
      }
      waiting.put(jobId, job.waiting());
    });
    List<Decision> decisions = new ArrayList<>();
    for (Occasion occasion : occasions) {
      decisions.add(decide(occasion, requireNonNull(jobs.get(occasion.jobId()))));
    }
    Set<UUID> recorded = record(decisions);
    List<Decision> starting =
        decisions.stream()
            .filter(decision -> decision.run() != null && recorded.contains(decision.run()))
            .toList();
    runs.start(starting.stream().map(Decision::triggered).toList());
    stopPrevious(starting);
  }

  private Decision decide(Occasion occasion, JobStanding job) {
    String reason = occasion.missed() == null ? refusal(occasion, job) : occasion.missed();
    if (reason != null) {
      return new Decision(occasion, null, reason);
    }
    if (queued(occasion.overlap())) {
      waiting.merge(occasion.jobId(), 1, Integer::sum);
    }
    active.add(occasion.jobId());
    return new Decision(occasion, ids.next(), null);
  }

  private @Nullable String refusal(Occasion occasion, JobStanding job) {
    if (job.deleting()) {
      return "job '%s' is being deleted".formatted(job.name());
    }
    if (!job.enabled()) {
      return "job '%s' is disabled".formatted(job.name());
    }
    return switch (occasion.overlap()) {
      case Skip, CancelPrevious -> null;
      case DoNotStart ->
          active.contains(occasion.jobId())
              ? "an earlier execution of job '%s' has not ended".formatted(job.name())
              : null;
      case Queue ->
          waiting.getOrDefault(occasion.jobId(), 0) >= MOST_WAITING
              ? "%d executions of job '%s' wait already".formatted(MOST_WAITING, job.name())
              : null;
    };
  }

  private Set<UUID> record(List<Decision> decisions) {
    return store.record(
        decisions.stream().map(decision -> decision.occasion().triggerId()).toArray(Long[]::new),
        texts(decisions, decision -> decision.occasion().plannedAt()),
        decisions.stream().map(decision -> decision.occasion().followsId()).toArray(UUID[]::new),
        texts(decisions, decision -> decision.occasion().missedSince()),
        decisions.stream().map(Decision::run).toArray(UUID[]::new),
        decisions.stream().map(Decision::reason).toArray(String[]::new));
  }

  /// The new runs wait until the stopped ones have ended, and then find the databases free. What
  /// starts after the last one that stops others is later, and stays.
  private void stopPrevious(List<Decision> starting) {
    Set<Long> stopping = new TreeSet<>();
    Set<UUID> kept = new HashSet<>();
    for (Decision decision : starting.reversed()) {
      long job = decision.occasion().jobId();
      if (!stopping.contains(job)) {
        kept.add(requireNonNull(decision.run()));
      }
      if (decision.occasion().overlap() == Overlap.CancelPrevious) {
        stopping.add(job);
      }
    }
    runs.stopOthers(stopping, kept);
  }

  private static boolean queued(Overlap overlap) {
    return overlap == Overlap.Queue || overlap == Overlap.CancelPrevious;
  }

  private static String[] texts(
      List<Decision> decisions, Function<Decision, @Nullable Instant> time) {
    return decisions.stream()
        .map(time)
        .map(at -> at == null ? null : at.toString())
        .toArray(String[]::new);
  }

  /// What is made of an occasion.
  ///
  /// @param run what is started; null together with `reason` says why nothing is
  private record Decision(Occasion occasion, @Nullable UUID run, @Nullable String reason) {

    TriggeredRun triggered() {
      return new TriggeredRun(
          requireNonNull(run),
          occasion.jobId(),
          occasion.schedule(),
          occasion.schedule() == null ? null : occasion.plannedAt(),
          occasion.followsId(),
          queued(occasion.overlap()));
    }
  }
}
