package dev.edj.controller;

import static java.util.Objects.requireNonNull;

import dev.edj.content.PackageFetch;
import dev.edj.controller.Expander.Launched;
import dev.edj.controller.Expansion.StepOn;
import dev.edj.engine.TargetException;
import dev.edj.execution.PlanStore;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.execution.RunStore.PinnedStep;
import dev.edj.execution.RunStore.Place;
import dev.edj.execution.RunTasks;
import dev.edj.execution.StorableText;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.problem.EdjException;
import dev.edj.script.ScriptException;
import dev.edj.target.ResolvedTarget;
import dev.edj.target.TargetMembers;
import dev.edj.target.TargetResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Does a run's own tasks: asks its shard maps, splits the script or fetches the package, resolves
/// the target, and creates the children.
///
/// Shard maps come before the script, because their shards say for which engines it is split.
///
/// The work is done outside any transaction, because asking a server for its databases takes as
/// long as it takes; what came of it is written in one transaction, and only if the run is still
/// this node's ([Expander]).
final class Launch {

  private final Jdbi jdbi;
  private final RunStore runs;
  private final PlanStore plans;
  private final TargetResolver resolver;
  private final PackageFetch fetch;
  private final Expander expander;

  Launch(Jdbi jdbi, TargetResolver resolver, PackageFetch fetch, TimeOrderedIds ids) {
    this.jdbi = jdbi;
    this.runs = jdbi.onDemand(RunStore.class);
    this.plans = jdbi.onDemand(PlanStore.class);
    this.resolver = resolver;
    this.fetch = fetch;
    this.expander = new Expander(jdbi, ids);
  }

  /// Returns what it did.
  LaunchTasks perform(ClaimedRun run, long nodeId) {
    LaunchTasks tasks = new LaunchTasks(run, nodeId);
    List<PinnedStep> steps = runs.pinnedSteps(run.executionId());
    List<PinnedPlan> pinned =
        steps.stream().map(step -> plans.plan(step.stepExecutionId())).toList();
    try {
      List<StepOn> resolved = resolve(tasks, steps, pinned, read(tasks, steps));
      List<StepOn> undone =
          run.retryOf() == null ? resolved : unsuccessful(resolved, run.retryOf());
      expander.expand(new Launched(tasks, undone, pinned.getFirst().purpose()));
    } catch (ScriptException | EdjException e) {
      end(tasks, String.valueOf(e.getMessage()), null, Optional.empty());
    } catch (TargetException e) {
      PinnedPlan first = pinned.getFirst();
      Optional<Duration> retry =
          first.retries().afterFailure(run.failedAttempts(), first.mayPass(e.error()));
      end(tasks, e.error().message(), e.error().stack(), retry);
    }
    return tasks;
  }

  /// Steps with one target and one credential see the same databases.
  private record Question(UUID targetId, long credentialId) {

    static Question of(PinnedStep step) {
      return new Question(step.targetId(), step.credentialId());
    }
  }

  /// What is written down below the steps' targets, with what their shard maps say now.
  private Map<Question, TargetMembers> read(LaunchTasks tasks, List<PinnedStep> steps)
      throws TargetException {
    Map<UUID, TargetMembers> written = new HashMap<>();
    Map<Question, TargetMembers> members = new HashMap<>();
    for (PinnedStep step : steps) {
      members.put(Question.of(step), written.computeIfAbsent(step.targetId(), resolver::members));
    }
    if (written.values().stream().anyMatch(TargetMembers::hasShardMaps)) {
      tasks.begin(TaskType.ShardMapRefresh);
      Set<String> explanation = new LinkedHashSet<>();
      for (Map.Entry<Question, TargetMembers> entry : members.entrySet()) {
        entry.setValue(resolver.refreshed(entry.getValue(), entry.getKey().credentialId()));
        explanation.addAll(entry.getValue().explanation());
      }
      tasks.succeeded(String.join("\n", explanation));
    }
    return members;
  }

  private List<StepOn> resolve(
      LaunchTasks tasks,
      List<PinnedStep> steps,
      List<PinnedPlan> pinned,
      Map<Question, TargetMembers> members)
      throws TargetException, ScriptException {
    tasks.begin(TaskType.ScriptSplit);
    ScriptCheck scripts = new ScriptCheck(plans.parameters(tasks.run().executionId()));
    PackageCheck dacpacs = new PackageCheck(jdbi, fetch, tasks, pinned);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      PinnedPlan plan = pinned.get(i);
      TargetMembers of = requireNonNull(members.get(Question.of(steps.get(i))));
      if (plan.deploysPackage()) {
        found.add(
            dacpacs.check(plan, ScriptCheck.engines(of), scripts.values(plan, of.variables())));
      } else {
        scripts.check(plan, of);
      }
    }
    tasks.succeeded(found.isEmpty() ? null : String.join("\n", found));
    tasks.begin(TaskType.ExpandJob);
    Map<Question, ResolvedTarget> answers = new HashMap<>();
    for (Map.Entry<Question, TargetMembers> entry : members.entrySet()) {
      answers.put(
          entry.getKey(), resolver.resolve(entry.getValue(), entry.getKey().credentialId()));
    }
    return steps.stream()
        .map(step -> stepOn(step, requireNonNull(answers.get(Question.of(step)))))
        .toList();
  }

  private static StepOn stepOn(PinnedStep step, ResolvedTarget target) {
    return new StepOn(step, target.databases(), target.values());
  }

  /// Of these, what an earlier run left undone: each step on the databases where it did not succeed
  /// then. A database that has left the target since is left alone.
  private List<StepOn> unsuccessful(List<StepOn> resolved, UUID earlier) {
    List<StepOn> undone = new ArrayList<>();
    for (StepOn on : resolved) {
      Set<Place> places = runs.unsuccessful(earlier, on.step().stepExecutionId());
      undone.add(
          new StepOn(
              on.step(),
              on.databases().stream()
                  .filter(at -> places.contains(new Place(at.serverId(), at.database())))
                  .toList(),
              on.values()));
    }
    return undone;
  }

  private void end(
      LaunchTasks tasks, String message, @Nullable String stack, Optional<Duration> retry) {
    UUID run = tasks.run().executionId();
    jdbi.useTransaction(handle -> {
      RunStore store = handle.attach(RunStore.class);
      if (!LaunchTasks.held(store, List.of(tasks)).isEmpty()) {
        store.recordTasks(RunTasks.of(tasks.whenFailed(message, stack)));
        endRun(store, run, requireNonNull(StorableText.of(message)), retry);
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
