package dev.edj.controller;

import static java.util.Objects.requireNonNull;

import dev.edj.controller.Expansion.StepOn;
import dev.edj.engine.TargetException;
import dev.edj.execution.PlanStore;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.Purpose;
import dev.edj.execution.Rollout;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.execution.RunStore.PinnedStep;
import dev.edj.execution.RunStore.Place;
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

/// Does a run's own tasks: asks its shard maps, splits the script, resolves the target, and creates
/// the children.
///
/// Shard maps come before the script, because their shards say for which engines it is split.
///
/// The work is done outside any transaction, because asking a server for its databases takes as
/// long as it takes; what came of it is written in one transaction, and only if the run is still
/// this node's.
final class Launch {

  private static final String NOTHING_LEFT =
      "nothing that did not succeed is in the target any more; nothing was run";

  private static final String NOTHING_TO_DO =
      "the target has no databases at the moment; nothing was run";

  /// The most children that one statement inserts; it bounds the memory of both sides.
  private static final int PORTION = 50_000;

  private final Jdbi jdbi;
  private final RunStore runs;
  private final PlanStore plans;
  private final ScriptCheck scripts;
  private final TargetResolver resolver;
  private final TimeOrderedIds ids;

  Launch(Jdbi jdbi, TargetResolver resolver, TimeOrderedIds ids) {
    this.jdbi = jdbi;
    this.runs = jdbi.onDemand(RunStore.class);
    this.plans = jdbi.onDemand(PlanStore.class);
    this.scripts = new ScriptCheck(plans);
    this.resolver = resolver;
    this.ids = ids;
  }

  void perform(ClaimedRun run, long nodeId) {
    LaunchTasks tasks = new LaunchTasks(run, nodeId);
    List<PinnedStep> steps = runs.pinnedSteps(run.executionId());
    List<PinnedPlan> pinned =
        steps.stream().map(step -> plans.plan(step.stepExecutionId())).toList();
    try {
      List<StepOn> resolved = resolve(tasks, steps, pinned, read(tasks, steps));
      List<StepOn> undone =
          run.retryOf() == null ? resolved : unsuccessful(resolved, run.retryOf());
      Purpose purpose = pinned.getFirst().purpose();
      jdbi.useTransaction(handle -> expand(handle.attach(RunStore.class), tasks, undone, purpose));
    } catch (ScriptException | EdjException e) {
      end(tasks, String.valueOf(e.getMessage()), null, Optional.empty());
    } catch (TargetException e) {
      PinnedPlan first = pinned.getFirst();
      Optional<Duration> retry =
          first.retries().afterFailure(run.failedAttempts(), first.mayPass(e.error()));
      end(tasks, e.error().message(), e.error().stack(), retry);
    }
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
    for (int i = 0; i < steps.size(); i++) {
      Question question = Question.of(steps.get(i));
      scripts.check(pinned.get(i), requireNonNull(members.get(question)));
    }
    tasks.succeeded();
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

  /// What is not a run goes to all databases at once, however careful the job's runs are.
  private void expand(RunStore store, LaunchTasks tasks, List<StepOn> steps, Purpose purpose) {
    UUID run = tasks.run().executionId();
    store.takeExpansionTurn(tasks.run().jobId());
    if (!tasks.stillHeld(store)) {
      return;
    }
    Rollout rollout = purpose == Purpose.Run ? store.rollout(run) : Rollout.AT_ONCE;
    Set<Place> busy = store.busy(run, tasks.run().jobId(), purpose);
    Expansion expansion = new Expansion(steps, purpose, rollout, busy, ids);
    for (int step = 0; step < steps.size(); step++) {
      insertChildren(store, expansion, step);
    }
    tasks.succeeded();
    tasks.save(store);
    int databases = expansion.databases();
    store.waitForChildren(
        run,
        databases > 0 ? null : tasks.run().retryOf() == null ? NOTHING_TO_DO : NOTHING_LEFT,
        expansion.waves(),
        rollout.mostFailures(databases));
    store.announceWork(run);
  }

  private static void insertChildren(RunStore store, Expansion expansion, int step) {
    StepOn on = expansion.steps().get(step);
    int databases = on.databases().size();
    for (int done = 0; done < databases; done += PORTION) {
      int until = Math.min(done + PORTION, databases);
      int inserted =
          store.insertChildren(on.step().stepExecutionId(), expansion.children(step, done, until));
      if (inserted != until - done) {
        throw new IllegalStateException(
            "%d of %d databases of step execution %d are on servers that the control database does not know"
                .formatted(until - done - inserted, until - done, on.step().stepExecutionId()));
      }
    }
  }

  private void end(
      LaunchTasks tasks, String message, @Nullable String stack, Optional<Duration> retry) {
    tasks.failed(message, stack);
    jdbi.useTransaction(handle -> {
      RunStore store = handle.attach(RunStore.class);
      if (tasks.stillHeld(store)) {
        tasks.save(store);
        endRun(store, tasks.run().executionId(), requireNonNull(StorableText.of(message)), retry);
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
