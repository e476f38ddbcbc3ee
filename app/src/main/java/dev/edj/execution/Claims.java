package dev.edj.execution;

import dev.edj.controldb.DeadlockVictim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;

/// Hands waiting children to nodes: fairly between runs, and within every limit.
///
/// Runs take turns: the one with the fewest children in progress chooses first, and each gets an
/// equal share of what is left, so that a run of one database never stands behind one of 100,000.
/// Limits of a step (`max parallelism`) and of a server (`max connections`) hold over all nodes,
/// because claims are made one at a time and count what really runs.
public final class Claims {

  private final Jdbi jdbi;
  private final RandomGenerator random;

  public Claims(Jdbi jdbi, RandomGenerator random) {
    this.jdbi = jdbi;
    this.random = random;
  }

  /// Claims up to `slots` children for a node. The last `reserved` of them are only for steps of
  /// which nothing runs yet, so that a run that fills a node with long scripts leaves a way in for
  /// the next.
  public List<ClaimedChild> claim(long nodeId, int slots, int reserved) {
    return DeadlockVictim.retry(
        jdbi,
        handle -> {
          QueueStore store = handle.attach(QueueStore.class);
          store.begin();
          return share(store, nodeId, slots, reserved);
        });
  }

  private List<ClaimedChild> share(QueueStore store, long nodeId, int slots, int reserved) {
    List<ClaimableStep> turns =
        store.claimableSteps(nodeId).stream()
            .filter(step -> step.room() > 0)
            .sorted(Comparator.comparingInt(ClaimableStep::inProgress))
            .toList();
    List<ClaimedChild> claimed = new ArrayList<>();
    NavigableMap<Long, List<QueueStore.Taken>> taken = new TreeMap<>();
    for (int turn = 0; turn < turns.size() && claimed.size() < slots; turn++) {
      ClaimableStep step = turns.get(turn);
      int open = slots - claimed.size() - reserved;
      int share = Math.max(0, Math.ceilDiv(open, turns.size() - turn));
      // A step of which nothing runs yet may go into the reserve, by one.
      int quota = Math.min(step.room(), step.inProgress() == 0 ? Math.max(1, share) : share);
      if (quota > 0) {
        List<QueueStore.Taken> ofStep = take(store, step, nodeId, quota);
        if (!ofStep.isEmpty()) {
          taken.put(step.stepExecutionId(), ofStep);
        }
        ofStep.forEach(child -> claimed.add(claimed(step, nodeId, child)));
      }
    }
    count(store, taken);
    return claimed;
  }

  /// Where all that waits may be taken, one look does. Else starts at a random server so that, when
  /// slots are scarce, no server is always served last. What is left over goes round once more,
  /// without the even share: to servers before that one, and to those that have more waiting than
  /// their share.
  private List<QueueStore.Taken> take(
      QueueStore store, ClaimableStep step, long nodeId, int quota) {
    long id = step.stepExecutionId();
    if (step.waiting() <= quota) {
      return store.take(id, nodeId, 0, quota, quota);
    }
    int first = 1 + random.nextInt(step.lastServerId());
    int share = Math.max(1, quota / 8);
    List<QueueStore.Taken> taken = new ArrayList<>(store.take(id, nodeId, first, share, quota));
    boolean mayBeMore = first > 1 || taken.size() >= share;
    if (mayBeMore && taken.size() < quota) {
      taken.addAll(store.take(id, nodeId, 0, quota, quota - taken.size()));
    }
    return taken;
  }

  private static void count(QueueStore store, NavigableMap<Long, List<QueueStore.Taken>> taken) {
    List<List<QueueStore.Taken>> children = List.copyOf(taken.values());
    int[] firstTime =
        Columns.ints(children, of -> (int) of.stream().filter(QueueStore.Taken::firstTime).count());
    int[] retried =
        Columns.ints(children, of -> (int) of.stream().filter(child -> !child.firstTime()).count());
    if (!taken.isEmpty()) {
      store.count(Columns.longs(List.copyOf(taken.keySet()), id -> id), firstTime, retried);
    }
  }

  private static ClaimedChild claimed(ClaimableStep step, long nodeId, QueueStore.Taken child) {
    return new ClaimedChild(
        child.executionId(),
        step.stepExecutionId(),
        child.serverId(),
        child.databaseName(),
        child.attempt(),
        nodeId,
        child.parameters(),
        child.failedAttempts(),
        step.attemptTimeout(),
        step.jobTimeLeft(),
        child.waited());
  }
}
