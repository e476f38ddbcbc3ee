package dev.edj.result;

import dev.edj.result.ResultStore.KeptAt;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The results of one step as they come. Used by one thread.
///
/// A result has the time at which its transaction began, and is seen when that has ended: so each
/// look goes back a little further than the newest that was seen, and knows which were.
final class Following {

  /// Longer than the transactions that record ends of attempts take, but for those that wait for
  /// something; theirs are found by the last look.
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  private static final int PAGE = 1_000;
  private static final UUID LEAST_ID = new UUID(0, 0);

  private final KeptResults step;
  private final WantedChildren wanted;
  private final Set<UUID> seen = new HashSet<>();
  private Instant newest = Instant.EPOCH;

  Following(KeptResults step, WantedChildren wanted) {
    this.step = step;
    this.wanted = wanted;
  }

  /// Hands on what is new, and says whether anything was.
  boolean look(ResultReceiver receiver) throws Exception {
    return look(newest.equals(Instant.EPOCH) ? newest : newest.minus(OVERLAP), receiver);
  }

  /// Hands on whatever is there and was not handed on.
  void lookAtAll(ResultReceiver receiver) throws Exception {
    look(Instant.EPOCH, receiver);
  }

  private boolean look(Instant from, ResultReceiver receiver) throws Exception {
    Instant since = from;
    UUID after = LEAST_ID;
    boolean any = false;
    List<KeptAt> page;
    do {
      page = step.since(wanted, since, after, PAGE);
      List<UUID> fresh = page.stream().map(KeptAt::executionId).filter(seen::add).toList();
      step.read(fresh, receiver);
      any |= !fresh.isEmpty();
      if (!page.isEmpty()) {
        since = page.getLast().keptAt();
        after = page.getLast().executionId();
        newest = since.isAfter(newest) ? since : newest;
      }
    } while (page.size() == PAGE);
    return any;
  }
}
