package dev.edj.worker;

import dev.edj.content.Packages;
import dev.edj.controldb.SharedRead;
import dev.edj.execution.PlanStore;
import dev.edj.security.PrivateKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/// The plans of the steps this node worked on last. Plans are pinned, so one read stays true.
final class StepPlans {

  private static final int MOST_KEPT = 32;

  private final SharedRead<Long, StepPlan> unread;
  private final Map<Long, StepPlan> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, StepPlan> eldest) {
          return size() > MOST_KEPT;
        }
      };

  StepPlans(Jdbi jdbi, PrivateKeys keys, Packages packages) {
    PlanStore store = jdbi.onDemand(PlanStore.class);
    OpenedPackages opened = new OpenedPackages(packages);
    this.unread = new SharedRead<>(step -> read(store, step, keys, opened));
  }

  StepPlan of(long stepExecutionId) {
    synchronized (plans) {
      StepPlan known = plans.get(stepExecutionId);
      if (known != null) {
        return known;
      }
    }
    // Outside the lock; when two attempts read at once, both read the same.
    StepPlan plan = unread.of(stepExecutionId);
    synchronized (plans) {
      StepPlan first = plans.putIfAbsent(stepExecutionId, plan);
      return first == null ? plan : first;
    }
  }

  private static StepPlan read(
      PlanStore store, long stepExecutionId, PrivateKeys keys, OpenedPackages packages) {
    PlanStore.PinnedPlan pinned = store.plan(stepExecutionId);
    return new StepPlan(pinned, store.parameters(pinned.runId()), keys, packages);
  }
}
