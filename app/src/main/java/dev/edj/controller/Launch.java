package dev.edj.controller;

import dev.edj.engine.ServerName;
import dev.edj.engine.TargetException;
import dev.edj.execution.BuiltInVariables;
import dev.edj.execution.PlanStore;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.execution.RunStore.PinnedStep;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.problem.EdjException;
import dev.edj.script.Batch;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import dev.edj.script.Variables;
import dev.edj.target.Resolution;
import dev.edj.target.ResolvedDatabase;
import dev.edj.target.TargetMembers;
import dev.edj.target.TargetResolver;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Does a run's own tasks: splits the script, resolves the target, and creates the children.
///
/// The work is done outside any transaction, because asking a server for its databases takes as
/// long as it takes; what came of it is written in one transaction, and only if the run is still
/// this node's.
final class Launch {

  private static final String NOTHING_TO_DO =
      "the target has no databases at the moment; nothing was run";

  /// The most children that one statement inserts; it bounds the memory of both sides.
  private static final int PORTION = 50_000;

  private final Jdbi jdbi;
  private final RunStore runs;
  private final PlanStore plans;
  private final TargetResolver resolver;
  private final TimeOrderedIds ids;

  Launch(Jdbi jdbi, TargetResolver resolver, TimeOrderedIds ids) {
    this.jdbi = jdbi;
    this.runs = jdbi.onDemand(RunStore.class);
    this.plans = jdbi.onDemand(PlanStore.class);
    this.resolver = resolver;
    this.ids = ids;
  }

  void perform(ClaimedRun run, long nodeId) {
    LaunchTasks tasks = new LaunchTasks(run, nodeId);
    // Jobs have one step so far; a later one's children will be created when its turn comes.
    PinnedStep step = runs.pinnedSteps(run.executionId()).getFirst();
    PinnedPlan plan = plans.plan(step.stepExecutionId());
    try {
      tasks.begin(TaskType.ScriptSplit);
      TargetMembers members = resolver.members(step.targetId());
      check(plan, members.servers());
      tasks.succeeded();
      tasks.begin(TaskType.ExpandJob);
      Resolution resolution = resolver.resolve(members, step.credentialId());
      jdbi.useTransaction(
          handle -> expand(handle.attach(RunStore.class), tasks, step, resolution.databases()));
    } catch (ScriptException | EdjException e) {
      end(tasks, String.valueOf(e.getMessage()), null, Optional.empty());
    } catch (TargetException e) {
      Optional<Duration> retry =
          plan.retries().afterFailure(run.failedAttempts(), plan.mayPass(e.error()));
      end(tasks, e.error().message(), e.error().stack(), retry);
    }
  }

  /// Splits the script for every dialect it will meet, and looks whether all its variables are
  /// defined, so that a script that cannot be right touches no database.
  private void check(PinnedPlan plan, Set<String> servers) throws ScriptException {
    Map<String, String> values = new HashMap<>(plans.parameters(plan.runId()));
    BuiltInVariables.NAMES.forEach(name -> values.put(name, ""));
    Set<ScriptDialect> dialects = EnumSet.noneOf(ScriptDialect.class);
    servers.forEach(server -> dialects.add(dialectOf(server)));
    for (ScriptDialect dialect : dialects) {
      for (Batch batch : ScriptSplitter.split(plan.script(), dialect).batches()) {
        Variables.prepare(batch, values);
      }
    }
  }

  private static ScriptDialect dialectOf(String server) {
    return ScriptDialect.valueOf(ServerName.parse(server).engine().dialect());
  }

  private void expand(
      RunStore store, LaunchTasks tasks, PinnedStep step, List<ResolvedDatabase> databases) {
    UUID run = tasks.run().executionId();
    store.takeExpansionTurn(tasks.run().jobId());
    if (!tasks.stillHeld(store)) {
      return;
    }
    for (int done = 0; done < databases.size(); done += PORTION) {
      List<ResolvedDatabase> portion =
          databases.subList(done, Math.min(done + PORTION, databases.size()));
      insertChildren(store, tasks.run(), step, portion);
    }
    tasks.succeeded();
    tasks.save(store);
    store.waitForChildren(run, databases.isEmpty() ? NOTHING_TO_DO : null);
    store.announceWork(run);
  }

  private void insertChildren(
      RunStore store, ClaimedRun run, PinnedStep step, List<ResolvedDatabase> databases) {
    int inserted =
        store.insertChildren(
            run.executionId(),
            run.jobId(),
            step.stepId(),
            step.stepExecutionId(),
            databases.stream().map(database -> ids.next()).toArray(UUID[]::new),
            databases.stream().map(ResolvedDatabase::server).toArray(String[]::new),
            databases.stream().map(ResolvedDatabase::database).toArray(String[]::new));
    if (inserted != databases.size()) {
      throw new IllegalStateException(
          "%d of %d databases of run %s are on servers that the control database does not know"
              .formatted(databases.size() - inserted, databases.size(), run.executionId()));
    }
  }

  private void end(
      LaunchTasks tasks, String message, @Nullable String stack, Optional<Duration> retry) {
    tasks.failed(message, stack);
    jdbi.useTransaction(handle -> {
      RunStore store = handle.attach(RunStore.class);
      if (tasks.stillHeld(store)) {
        tasks.save(store);
        endRun(store, tasks.run().executionId(), message, retry);
      }
    });
  }

  private static void endRun(RunStore store, UUID run, String message, Optional<Duration> retry) {
    if (retry.isPresent()) {
      store.retryLater(run, retry.get().toMillis(), message);
    } else {
      store.fail(run, message);
    }
  }
}
