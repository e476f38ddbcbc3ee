package dev.edj.execution;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.DeadlockVictim;
import dev.edj.execution.ListingStore.StepRow;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.RunStore.PinnedScript;
import dev.edj.execution.RunStore.StartableJob;
import dev.edj.execution.StopStore.StoppedChild;
import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.Parameters;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import dev.edj.security.EncryptionKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Starts, shows, awaits and stops executions.
public final class Executions {

  /// The most executions one wait may name.
  private static final int MOST_AWAITED = 1_000;

  private static final Duration POLL = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final Parameters parameters;
  private final TimeOrderedIds ids;
  private final EndSignal endSignal;
  private final Listing listing;

  public Executions(Jdbi jdbi, TimeOrderedIds ids, EndSignal endSignal) {
    this.jdbi = jdbi;
    this.parameters = new Parameters(new EncryptionKeys(jdbi));
    this.ids = ids;
    this.endSignal = endSignal;
    this.listing = new Listing(jdbi);
  }

  /// Inserts a run of the job's current version; a controller sees it at once.
  public JobExecution start(String job, String startedBy) {
    return start(job, NewExecution.CURRENT, startedBy);
  }

  public JobExecution start(String job, NewExecution what, String startedBy) {
    UUID run = ids.next();
    jdbi.useTransaction(handle -> {
      RunStore store = handle.attach(RunStore.class);
      Purpose purpose = ofJob(requireNonNullElse(what.purpose(), Purpose.Run));
      StartableJob startable = startable(store, job, purpose);
      int version = version(startable, what.version());
      Bounds bounds = bounds(handle);
      bounds.requireJob(startable.jobId(), startable.currentVersion());
      bounds.requireJob(startable.jobId(), version);
      ParameterValues declared = declared(store, startable, version);
      ParameterValues given =
          parameters.given(
              requireNonNullElse(what.parameters(), Map.of()),
              requireNonNullElse(what.secrets(), Map.of()),
              declared,
              startable.name());
      Parameters.requireAll(declared, given, startable.name());
      List<String> scripts =
          insert(store, run, startable, version, purpose, given, startedBy, null);
      StartedRun.byHand(startable.name(), version, purpose, given, null)
          .event("execution.start", run, scripts)
          .record(handle);
    });
    return named(run);
  }

  /// Starts the job of an ended run again, in its current version and for the same purpose: each
  /// step on the databases where it did not succeed in that run.
  public JobExecution retry(UUID id, String startedBy) {
    JobExecution ended = named(id);
    jdbi.useHandle(handle -> bounds(handle).requireExecution(id));
    if (ended.parentId() != null) {
      throw EdjException.invalid(
          "id", "%s is a child; name its parent %s".formatted(id, ended.parentId()));
    }
    Counts children = requireNonNull(ended.children());
    if (!ended.lifecycle().ended()) {
      throw new EdjException(
          ErrorCode.NOT_ENDED,
          null,
          "execution %s has not ended; stop it or wait for its end".formatted(id));
    }
    if (children.total() == children.succeeded() && ended.lifecycle() == Lifecycle.Succeeded) {
      throw new EdjException(
          ErrorCode.NOTHING_TO_DO, null, "every child of execution %s succeeded".formatted(id));
    }
    UUID run = ids.next();
    jdbi.useTransaction(handle -> {
      RunStore store = handle.attach(RunStore.class);
      if (store.keep(id) == null) {
        throw EdjException.notFound("job execution", id.toString());
      }
      if (store.isAdHoc(id)) {
        throw EdjException.invalid(
            "id", "%s was a query; it has no job to start again".formatted(id));
      }
      // A run that failed before it had children has nothing to take over.
      StartableJob startable = startable(store, ended.job(), ended.purpose());
      bounds(handle).requireJob(startable.jobId(), startable.currentVersion());
      ParameterValues declared = declared(store, startable, startable.currentVersion());
      ParameterValues given =
          Parameters.stillGiven(ParameterValues.parse(store.givenParameters(id)), declared);
      Parameters.requireAll(declared, given, startable.name());
      List<String> scripts =
          insert(
              store,
              run,
              startable,
              startable.currentVersion(),
              ended.purpose(),
              given,
              startedBy,
              children.total() == 0 ? null : id);
      StartedRun.byHand(startable.name(), startable.currentVersion(), ended.purpose(), given, id)
          .event("execution.retry", run, scripts)
          .record(handle);
    });
    return named(run);
  }

  /// Lets the next wave of a run begin that waits for somebody's approval.
  ///
  /// @param wave the one that is meant; null means whichever is next
  public JobExecution approve(UUID id, @Nullable Integer wave) {
    JobExecution run = named(id);
    jdbi.useTransaction(handle -> {
      bounds(handle).requireExecution(id);
      if (handle.attach(GateStore.class).approve(id, wave) == 0) {
        throw new EdjException(
            ErrorCode.NOTHING_TO_DO,
            null,
            "execution %s waits for no approval%s: it is %s%s"
                .formatted(
                    id,
                    wave == null ? "" : " of wave " + wave,
                    run.lifecycle(),
                    run.waitingCause() == null ? "" : ", " + run.waitingCause()));
      }
      handle.attach(RunStore.class).announceStart(id);
      NewAuditEvent event = event("approve", run.job(), id);
      (wave == null ? event : event.after(Map.of("wave", wave))).record(handle);
    });
    return named(id);
  }

  private static Bounds bounds(Handle handle) {
    return Bounds.of(handle, Right.RUN);
  }

  /// Returns the scripts that are pinned.
  private static List<String> insert(
      RunStore store,
      UUID run,
      StartableJob job,
      int version,
      Purpose purpose,
      ParameterValues given,
      String startedBy,
      @Nullable UUID retryOf) {
    store.insertRun(run, job.jobId(), version, purpose, startedBy, retryOf, given.json());
    List<String> scripts = store.insertSteps(run).stream().map(PinnedScript::sha256).toList();
    store.insertProgress(run);
    store.announceStart(run);
    return scripts;
  }

  private static Purpose ofJob(Purpose purpose) {
    if (purpose == Purpose.Query) {
      throw EdjException.invalid(
          "purpose", "a job is started for Run, Check or Trial; a query has no job");
    }
    return purpose;
  }

  private static int version(StartableJob job, @Nullable Integer wanted) {
    int version = requireNonNullElse(wanted, job.currentVersion());
    if (version < 1 || version > job.currentVersion()) {
      throw EdjException.notFound("version %d of job".formatted(version), job.name());
    }
    return version;
  }

  private static ParameterValues declared(RunStore store, StartableJob job, int version) {
    return ParameterValues.parse(store.parameters(job.jobId(), version));
  }

  /// A job that is disabled may be checked, so that it can be before it is enabled.
  private static StartableJob startable(RunStore store, String name, Purpose purpose) {
    StartableJob job = store.startable(name);
    if (job == null) {
      throw EdjException.notFound("job", name);
    }
    if (job.deleting()) {
      throw new EdjException(
          ErrorCode.JOB_BEING_DELETED,
          null,
          "job '%s' is being deleted and cannot be started".formatted(name));
    }
    if (!job.enabled() && purpose != Purpose.Check) {
      throw new EdjException(
          ErrorCode.JOB_DISABLED,
          null,
          "job '%s' is disabled; enable it before starting it".formatted(name));
    }
    return job;
  }

  /// The run or child with this id.
  public JobExecution named(UUID id) {
    return find(List.of(id)).getFirst();
  }

  public Page<JobExecution> list(ExecutionFilter filter) {
    if (filter.parent() != null) {
      named(filter.parent());
    }
    List<JobExecution> items = withSteps(listing.page(filter));
    String next = items.size() < filter.limit() ? null : items.getLast().id().toString();
    return new Page<>(items, next);
  }

  /// The newest runs of each of these jobs, newest first; a job without any is left out.
  public Map<String, List<LatestRun>> latest(Collection<String> jobs, int each) {
    return jdbi.onDemand(LatestStore.class).latest(jobs.toArray(String[]::new), each).stream()
        .collect(groupingBy(LatestRun::job));
  }

  /// Asks for a run with all its children, or one child, to be stopped. What has ended stays as it
  /// ended.
  public JobExecution stop(UUID id) {
    DeadlockVictim.retry(
        jdbi,
        handle -> {
          bounds(handle).requireExecution(id);
          StopStore store = handle.attach(StopStore.class);
          if (store.markRun(id) > 0 || stopChild(handle, store, id)) {
            event("stop", store.job(id), id).record(handle);
          }
          store.announce(id);
          return id;
        });
    return named(id);
  }

  /// Returns whether there is such a child that has not ended.
  private static boolean stopChild(Handle handle, StopStore store, UUID id) {
    StoppedChild child = store.markChild(id);
    if (child != null && child.was() != Lifecycle.InProgress) {
      int created = child.was() == Lifecycle.Created ? 1 : 0;
      handle
          .attach(SweepStore.class)
          .countSwept(
              child.stepExecutionId(),
              created,
              child.blocked() ? 1 : 0,
              1 - created,
              Lifecycle.Canceled);
      if (child.successor() != null) {
        handle.attach(FollowingStore.class).skip(new UUID[] {child.successor()});
      }
      handle.attach(ReportStore.class).endRuns(new UUID[] {store.runOf(child.stepExecutionId())});
    }
    return child != null;
  }

  static NewAuditEvent event(String verb, @Nullable String job, UUID execution) {
    return NewAuditEvent.of("execution." + verb).named(job).id(execution).execution(execution);
  }

  /// Stops every active run of a job, and returns them; none when one of them is refused.
  public List<JobExecution> stopJob(String job) {
    ListingStore store = jdbi.onDemand(ListingStore.class);
    if (!store.jobExists(job)) {
      throw EdjException.notFound("job", job);
    }
    List<UUID> active = store.activeRuns(job);
    jdbi.useHandle(handle -> {
      Bounds bounds = bounds(handle);
      bounds.requireJob(job);
      active.forEach(bounds::requireExecution);
    });
    return active.stream().map(this::stop).toList();
  }

  /// The steps of a run as it pinned them, in their order.
  public List<PinnedPlan> pinned(UUID run) {
    return jdbi.withHandle(handle -> {
      PlanStore plans = handle.attach(PlanStore.class);
      return handle.attach(RunStore.class).pinnedSteps(run).stream()
          .map(step -> plans.plan(step.stepExecutionId()))
          .toList();
    });
  }

  /// The values that were given for its job's parameters when it was started.
  public ParameterValues given(UUID id) {
    return ParameterValues.parse(
        jdbi.withExtension(RunStore.class, store -> store.givenParameters(id)));
  }

  /// The tasks of a run or a child, oldest first; a run shows its own tasks, not its children's.
  public List<TaskExecution> tasks(UUID id) {
    return tasks(id, 0, Integer.MAX_VALUE);
  }

  /// Some of them.
  ///
  /// @param after the number of the last one of the portion before; 0 for the first
  public List<TaskExecution> tasks(UUID id, int after, int limit) {
    named(id);
    return jdbi.onDemand(ListingStore.class).tasks(id, after, limit).stream()
        .map(ListingStore.TaskRow::task)
        .toList();
  }

  /// The number of the newest task; 0 when there is none yet.
  public int lastTask(UUID id) {
    return jdbi.onDemand(ListingStore.class).lastTask(id);
  }

  public TaskExecution task(String taskId) {
    TaskKey key = TaskKey.parse(taskId);
    return jdbi.onDemand(ListingStore.class)
        .task(key.executionId(), key.number())
        .map(ListingStore.TaskRow::task)
        .orElseThrow(() -> EdjException.notFound("task execution", taskId));
  }

  public List<BatchExecution> batches(String taskId) {
    TaskKey key = key(taskId);
    return jdbi.onDemand(ListingStore.class).batches(key.executionId(), key.number());
  }

  /// All that the attempt printed, up to the log limit; of a running attempt, what has been told so
  /// far.
  public String log(String taskId) {
    TaskKey key = key(taskId);
    return String.join("", jdbi.onDemand(ListingStore.class).log(key.executionId(), key.number()));
  }

  /// What a child that deploys a package was about to do in the newest attempt that came to a plan.
  public KeptPlan plan(UUID child) {
    return jdbi.onDemand(KeptPlanStore.class)
        .find(child)
        .orElseThrow(
            () -> EdjException.notFound("plan of execution", named(child).id().toString()));
  }

  /// The same without its report, and with the first characters of its script; nothing of a child
  /// that has none.
  public Optional<KeptPlan> findPlan(UUID child, int mostCharacters) {
    return jdbi.onDemand(KeptPlanStore.class).findBeginning(child, mostCharacters);
  }

  private TaskKey key(String taskId) {
    task(taskId);
    return TaskKey.parse(taskId);
  }

  /// Blocks until all of the executions (or any, as asked) have ended, or `timeout` is over, and
  /// returns how they all stand then.
  public List<JobExecution> await(List<UUID> executionIds, boolean any, Duration timeout) {
    if (executionIds.isEmpty() || executionIds.size() > MOST_AWAITED) {
      throw EdjException.invalid("id", "name 1 to %d executions".formatted(MOST_AWAITED));
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      long seen = endSignal.count();
      List<JobExecution> found = find(executionIds);
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (satisfied(found, any) || !left.isPositive()) {
        return found;
      }
      endSignal.await(seen, left.compareTo(POLL) < 0 ? left : POLL);
      if (Thread.currentThread().isInterrupted()) {
        return found;
      }
    }
  }

  private static boolean satisfied(List<JobExecution> executions, boolean any) {
    return any
        ? executions.stream().anyMatch(e -> e.lifecycle().ended())
        : executions.stream().allMatch(e -> e.lifecycle().ended());
  }

  private List<JobExecution> find(List<UUID> executionIds) {
    UUID[] wanted = executionIds.toArray(UUID[]::new);
    ListingStore store = jdbi.onDemand(ListingStore.class);
    List<JobExecution> found = new ArrayList<>(store.runs(wanted));
    if (found.size() < wanted.length) {
      found.addAll(store.children(wanted));
    }
    for (UUID id : wanted) {
      if (found.stream().noneMatch(execution -> execution.id().equals(id))) {
        throw EdjException.notFound("job execution", id.toString());
      }
    }
    return withSteps(found);
  }

  /// Runs of several steps get these.
  private List<JobExecution> withSteps(List<JobExecution> executions) {
    UUID[] ofSeveral =
        executions.stream()
            .filter(execution -> execution.step() == null)
            .map(JobExecution::id)
            .toArray(UUID[]::new);
    if (ofSeveral.length == 0) {
      return executions;
    }
    Map<UUID, List<RunStep>> steps =
        jdbi.onDemand(ListingStore.class).steps(ofSeveral).stream()
            .collect(groupingBy(StepRow::executionId, mapping(StepRow::runStep, toList())));
    return executions.stream()
        .map(execution -> {
          List<RunStep> own = steps.get(execution.id());
          return own == null ? execution : execution.withSteps(own);
        })
        .toList();
  }
}
