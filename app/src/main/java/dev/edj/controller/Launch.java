package dev.edj.controller;

import static java.util.Objects.requireNonNull;

import dev.edj.controller.Expansion.StepOn;
import dev.edj.engine.TargetException;
import dev.edj.execution.PlanStore;
import dev.edj.execution.PlanStore.PinnedPlan;
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
import dev.edj.target.ResolvedDatabase;
import dev.edj.target.TargetMembers;
import dev.edj.target.TargetResolver;
import java.time.Duration;
import java.util.ArrayList;
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
    PinnedPlan first = plans.plan(steps.getFirst().stepExecutionId());
    try {
      tasks.begin(TaskType.ScriptSplit);
      Map<UUID, TargetMembers> members = new HashMap<>();
      for (PinnedStep step : steps) {
        members.computeIfAbsent(step.targetId(), resolver::members);
        scripts.check(
            plans.plan(step.stepExecutionId()),
            requireNonNull(members.get(step.targetId())).servers());
      }
      tasks.succeeded();
      tasks.begin(TaskType.ExpandJob);
      List<StepOn> resolved = resolve(steps, members);
      List<StepOn> undone =
          run.retryOf() == null ? resolved : unsuccessful(resolved, run.retryOf());
      jdbi.useTransaction(handle -> expand(handle.attach(RunStore.class), tasks, undone));
    } catch (ScriptException | EdjException e) {
      end(tasks, String.valueOf(e.getMessage()), null, Optional.empty());
    } catch (TargetException e) {
      Optional<Duration> retry =
          first.retries().afterFailure(run.failedAttempts(), first.mayPass(e.error()));
      end(tasks, e.error().message(), e.error().stack(), retry);
    }
  }

  /// Steps with one target and one credential see the same databases.
  private List<StepOn> resolve(List<PinnedStep> steps, Map<UUID, TargetMembers> members)
      throws TargetException {
    record Question(UUID targetId, long credentialId) {}
    Map<Question, List<ResolvedDatabase>> answers = new HashMap<>();
    List<StepOn> resolved = new ArrayList<>();
    for (PinnedStep step : steps) {
      Question question = new Question(step.targetId(), step.credentialId());
      List<ResolvedDatabase> databases = answers.get(question);
      if (databases == null) {
        databases =
            resolver
                .resolve(requireNonNull(members.get(step.targetId())), step.credentialId())
                .databases();
        answers.put(question, databases);
      }
      resolved.add(new StepOn(step, databases));
    }
    return resolved;
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
                  .toList()));
    }
    return undone;
  }

  private void expand(RunStore store, LaunchTasks tasks, List<StepOn> steps) {
    UUID run = tasks.run().executionId();
    store.takeExpansionTurn(tasks.run().jobId());
    if (!tasks.stillHeld(store)) {
      return;
    }
    Rollout rollout = store.rollout(run);
    Expansion expansion = new Expansion(steps, rollout, store.busy(run, tasks.run().jobId()), ids);
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
