package dev.edj.execution;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.edj.audit.Actor;
import dev.edj.audit.NewAuditEvent;
import dev.edj.execution.RunStore.PinnedScript;
import dev.edj.execution.RunStore.StartableJob;
import dev.edj.execution.TriggeredStore.ActiveRuns;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Starts runs for triggers, many in one transaction.
public final class TriggeredRuns {

  private final Handle handle;
  private final TriggeredStore store;
  private final RunStore runs;
  private final StopStore stops;
  private final Map<Long, StartableJob> locked = new HashMap<>();

  /// @param handle in a transaction, to whose end the jobs stay locked
  public TriggeredRuns(Handle handle) {
    this.handle = handle;
    this.store = handle.attach(TriggeredStore.class);
    this.runs = handle.attach(RunStore.class);
    this.stops = handle.attach(StopStore.class);
  }

  /// Locks the jobs, so that they are neither disabled nor deleted meanwhile and transactions come
  /// to them one after the other, and says how each stands.
  public Map<Long, JobStanding> lock(Collection<Long> jobIds) {
    Long[] ids = jobIds.toArray(Long[]::new);
    List<StartableJob> jobs = store.lock(ids);
    jobs.forEach(job -> locked.put(job.jobId(), job));
    Map<Long, ActiveRuns> active =
        store.active(ids).stream()
            .collect(Collectors.toMap(ActiveRuns::jobId, Function.identity()));
    return jobs.stream()
        .collect(
            Collectors.toMap(StartableJob::jobId, job -> standing(job, active.get(job.jobId()))));
  }

  /// Inserts runs of the current versions of jobs that are locked; controllers see them at the end
  /// of the transaction.
  public void start(List<TriggeredRun> started) {
    if (started.isEmpty()) {
      return;
    }
    UUID[] ids = Columns.of(started, TriggeredRun::id, UUID[]::new);
    store.insertRuns(
        ids,
        Columns.longs(started, TriggeredRun::jobId),
        Columns.texts(started, TriggeredRun::schedule),
        Columns.texts(started, run -> text(run.plannedAt())),
        Columns.of(started, TriggeredRun::followsId, UUID[]::new),
        Columns.of(started, TriggeredRun::queued, Boolean[]::new));
    Map<UUID, List<String>> scripts =
        runs.insertSteps(ids).stream()
            .collect(
                groupingBy(PinnedScript::executionId, mapping(PinnedScript::sha256, toList())));
    runs.insertProgress(ids);
    store.announceStarts();
    NewAuditEvent.record(
        handle,
        started.stream()
            .map(run -> event(run, scripts.getOrDefault(run.id(), List.of())))
            .toList());
  }

  private NewAuditEvent event(TriggeredRun run, List<String> scripts) {
    StartableJob job = requireNonNull(locked.get(run.jobId()));
    return StartedRun.byTrigger(job.name(), job.currentVersion(), run)
        .event("execution.start", run.id(), scripts)
        .by(Actor.SERVICE);
  }

  /// Stops the active runs of these jobs, which are locked, but those that are `kept`.
  public void stopOthers(Collection<Long> jobIds, Set<UUID> kept) {
    if (!jobIds.isEmpty()) {
      Map<UUID, Long> stopped =
          store.markOthers(jobIds.toArray(Long[]::new), kept.toArray(UUID[]::new));
      stopped.keySet().forEach(stops::announce);
      NewAuditEvent.record(
          handle,
          stopped.entrySet().stream()
              .map(run ->
                  Executions.event(
                          "stop", requireNonNull(locked.get(run.getValue())).name(), run.getKey())
                      .by(Actor.SERVICE))
              .toList());
    }
  }

  private static JobStanding standing(StartableJob job, @Nullable ActiveRuns active) {
    return new JobStanding(
        job.name(),
        job.enabled(),
        job.deleting(),
        active != null,
        active == null ? 0 : active.waiting());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /// How a job stands when it is to be started.
  ///
  /// @param active whether a run of it has not ended
  /// @param waiting how many of its runs wait for earlier ones of it to end
  public record JobStanding(
      String name, boolean enabled, boolean deleting, boolean active, int waiting) {}
}
