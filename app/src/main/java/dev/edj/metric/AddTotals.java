package dev.edj.metric;

import dev.edj.duty.Duty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds what a node has counted to the service's totals, every few seconds and at its end. A node
/// that is killed takes the last of it along.
public final class AddTotals implements Duty {

  private static final Logger log = LoggerFactory.getLogger(AddTotals.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Tally tally;
  private final TotalStore store;
  private final UUID source = UUID.randomUUID();
  private Map<Series, Double> unsent = Map.of();
  private long number = 1;

  public AddTotals(Jdbi jdbi, Tally tally) {
    this.tally = tally;
    this.store = jdbi.onDemand(TotalStore.class);
  }

  @Override
  public Duration perform() {
    add();
    return INTERVAL;
  }

  /// The last of it, when nobody counts any more and [#perform] is not called again.
  public void finish() {
    try {
      add();
      add();
    } catch (JdbiException e) {
      log.debug("what was counted last is lost", e);
    }
  }

  /// What was sent and not heard of is sent again as it was, under its number; what was counted
  /// since follows with the next.
  private void add() {
    if (unsent.isEmpty()) {
      unsent = tally.take();
    }
    if (!unsent.isEmpty()) {
      List<Series> series = new ArrayList<>(unsent.keySet());
      store.add(
          source,
          number,
          series.stream().map(one -> one.metric().exposedName()).toArray(String[]::new),
          series.stream().map(Series::labelText).toArray(String[]::new),
          series.stream().map(Series::part).toArray(String[]::new),
          series.stream().mapToDouble(unsent::get).toArray());
      unsent = Map.of();
      number++;
    }
  }
}
