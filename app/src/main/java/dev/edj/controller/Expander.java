package dev.edj.controller;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.edj.controller.Expansion.StepOn;
import dev.edj.execution.ExpandedRuns;
import dev.edj.execution.ExpandedRuns.ExpandedRun;
import dev.edj.execution.NewChildren;
import dev.edj.execution.Purpose;
import dev.edj.execution.Rollout;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.BusyPlace;
import dev.edj.execution.RunStore.Place;
import dev.edj.execution.RunTasks;
import dev.edj.execution.TimeOrderedIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what launches came to, if the runs are still this node's: their children, and their
/// tasks.
///
/// Small runs that are launched at the same time are written in one transaction, because a
/// transaction costs more than a child: those that come while one is written gather for the next. A
/// large one has a transaction of its own, so that none waits for it, and so has one whose job is
/// just being expanded elsewhere. Where writing them together fails, each is written for itself,
/// one after the other, so that they do not take all connections of the pool. Called by many
/// threads.
final class Expander {

  private static final Logger log = LoggerFactory.getLogger(Expander.class);

  private static final String NOTHING_LEFT =
      "nothing that did not succeed is in the target any more; nothing was run";

  private static final String NOTHING_TO_DO =
      "the target has no databases at the moment; nothing was run";

  /// The most children that one statement inserts; it bounds the memory of both sides.
  private static final int PORTION = 50_000;

  /// The most children of a small run.
  private static final int SMALL = 500;

  private static final int MOST_TOGETHER = 100;

  private final Jdbi jdbi;
  private final TimeOrderedIds ids;
  private final Queue<Waiting> gathered = new ConcurrentLinkedQueue<>();
  private final Lock turn = new ReentrantLock();

  Expander(Jdbi jdbi, TimeOrderedIds ids) {
    this.jdbi = jdbi;
    this.ids = ids;
  }

  /// A run with all that is to be run in it.
  record Launched(LaunchTasks tasks, List<StepOn> steps, Purpose purpose) {

    UUID run() {
      return tasks.run().executionId();
    }

    long jobId() {
      return tasks.run().jobId();
    }

    int children() {
      return steps.stream().mapToInt(step -> step.databases().size()).sum();
    }
  }

  /// Returns when it is written, or when it has turned out that the run is no longer this node's.
  void expand(Launched launched) {
    if (launched.children() > SMALL || !writtenTogether(launched)) {
      jdbi.useTransaction(handle -> {
        RunStore store = handle.attach(RunStore.class);
        store.takeExpansionTurn(launched.jobId());
        write(store, List.of(launched));
      });
    }
  }

  /// False where its job is being expanded elsewhere.
  private boolean writtenTogether(Launched launched) {
    Waiting own = new Waiting(launched);
    gathered.add(own);
    turn.lock();
    try {
      while (own.outcome == Outcome.OPEN) {
        writeTogether(take());
      }
      return own.outcome == Outcome.FAILED
          ? !writeThoseFree(List.of(launched)).isEmpty()
          : own.outcome == Outcome.WRITTEN;
    } finally {
      turn.unlock();
    }
  }

  /// The next to be written, not two of one job: the second has to see the children of the first.
  private List<Waiting> take() {
    List<Waiting> taken = new ArrayList<>();
    Set<Long> jobs = new HashSet<>();
    Iterator<Waiting> all = gathered.iterator();
    while (all.hasNext() && taken.size() < MOST_TOGETHER) {
      Waiting next = all.next();
      if (jobs.add(next.launched.jobId())) {
        taken.add(next);
        all.remove();
      }
    }
    return taken;
  }

  private void writeTogether(List<Waiting> together) {
    together.forEach(one -> one.outcome = Outcome.FAILED);
    try {
      Set<Long> free = writeThoseFree(together.stream().map(one -> one.launched).toList());
      for (Waiting one : together) {
        one.outcome = free.contains(one.launched.jobId()) ? Outcome.WRITTEN : Outcome.NOT_FREE;
      }
    } catch (RuntimeException e) {
      // Which of them is at fault shows when each has a transaction of its own.
      log.warn("{} runs could not be expanded together; trying one by one", together.size(), e);
    }
  }

  /// Writes those whose jobs are not being expanded elsewhere, and returns these jobs.
  ///
  /// @param all runs of different jobs
  private Set<Long> writeThoseFree(List<Launched> all) {
    return jdbi.inTransaction(handle -> {
      RunStore store = handle.attach(RunStore.class);
      Set<Long> free =
          store.tryExpansionTurns(all.stream().map(Launched::jobId).sorted().toArray(Long[]::new));
      write(store, all.stream().filter(launched -> free.contains(launched.jobId())).toList());
      return free;
    });
  }

  /// @param all runs of different jobs, whose turns the transaction has
  private void write(RunStore store, List<Launched> all) {
    List<Launched> held = held(store, all);
    if (held.isEmpty()) {
      return;
    }
    UUID[] runs = held.stream().map(Launched::run).toArray(UUID[]::new);
    long[] jobs = held.stream().mapToLong(Launched::jobId).toArray();
    Map<UUID, Rollout> rollouts = store.rollouts(runs);
    Map<UUID, Set<Place>> busy =
        store.busy(runs, jobs).stream()
            .collect(groupingBy(BusyPlace::executionId, mapping(BusyPlace::place, toSet())));
    List<ExpandedRun> expanded = new ArrayList<>();
    Portions portions = new Portions(store);
    for (Launched launched : held) {
      // What is not a run goes to all databases at once, however careful the job's runs are.
      Rollout rollout =
          launched.purpose() == Purpose.Run
              ? Objects.requireNonNull(rollouts.get(launched.run()))
              : Rollout.AT_ONCE;
      Expansion expansion =
          new Expansion(
              launched.steps(),
              launched.purpose(),
              rollout,
              busy.getOrDefault(launched.run(), Set.of()),
              ids);
      portions.add(expansion);
      expanded.add(expandedRun(launched, expansion, rollout));
    }
    portions.insert();
    store.recordTasks(
        RunTasks.of(
            held.stream().flatMap(launched -> launched.tasks().whenSucceeded().stream()).toList()));
    store.waitForChildren(ExpandedRuns.of(expanded));
    store.announceWork();
  }

  private static List<Launched> held(RunStore store, List<Launched> all) {
    Set<UUID> held = LaunchTasks.held(store, all.stream().map(Launched::tasks).toList());
    return all.stream().filter(launched -> held.contains(launched.run())).toList();
  }

  private static ExpandedRun expandedRun(Launched launched, Expansion expansion, Rollout rollout) {
    int databases = expansion.databases();
    boolean retry = launched.tasks().run().retryOf() != null;
    return new ExpandedRun(
        launched.run(),
        databases > 0 ? null : retry ? NOTHING_LEFT : NOTHING_TO_DO,
        expansion.waves(),
        rollout.mostFailures(databases));
  }

  /// Children of several steps, inserted so many at a time.
  private static final class Portions {

    private final RunStore store;
    private final List<NewChildren> parts = new ArrayList<>();
    private int size;

    Portions(RunStore store) {
      this.store = store;
    }

    void add(Expansion expansion) {
      for (int step = 0; step < expansion.steps().size(); step++) {
        int databases = expansion.steps().get(step).databases().size();
        for (int done = 0; done < databases; ) {
          int until = Math.min(databases, done + PORTION - size);
          parts.add(expansion.children(step, done, until));
          size += until - done;
          done = until;
          if (size == PORTION) {
            insert();
          }
        }
      }
    }

    void insert() {
      if (size == 0) {
        return;
      }
      int inserted = store.insertChildren(NewChildren.together(parts));
      if (inserted != size) {
        throw new IllegalStateException(
            "%d of %d databases are on servers that the control database does not know"
                .formatted(size - inserted, size));
      }
      parts.clear();
      size = 0;
    }
  }

  /// What became of a run that was to be written together with others.
  private enum Outcome {
    OPEN,
    WRITTEN,
    /// Its job is being expanded elsewhere.
    NOT_FREE,
    FAILED
  }

  /// A run that waits for its turn; whoever has the turn changes it.
  private static final class Waiting {

    private final Launched launched;
    private Outcome outcome = Outcome.OPEN;

    Waiting(Launched launched) {
      this.launched = launched;
    }
  }
}
