package dev.edj.metric;

import dev.edj.controldb.ControlDatabaseLoss;
import dev.edj.controldb.Recent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The metrics of the whole service, as this node reads them: every few seconds at most, however
/// many ask.
public final class ServiceMetrics {

  private static final Logger log = LoggerFactory.getLogger(ServiceMetrics.class);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final String ALL = "all";

  private final Jdbi jdbi;
  private final Recent<String, List<Family>> recent;

  public ServiceMetrics(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.recent = new Recent<>(_ -> readAll(), 1, FRESH);
  }

  /// Says so where the control database cannot be read, and does not fail.
  public List<Family> read() {
    try {
      return recent.of(ALL);
    } catch (JdbiException e) {
      log.debug("the control database cannot be read for metrics", e);
      return List.of(Gauges.single(Metric.CONTROL_DATABASE_UP, 0));
    }
  }

  private List<Family> readAll() {
    List<Family> families = new ArrayList<>(jdbi.inTransaction(Totals::read));
    int unread = 0;
    for (Function<GaugeStore, List<Family>> statement : Gauges.ALL) {
      try {
        families.addAll(jdbi.inTransaction(handle -> read(handle, statement)));
      } catch (JdbiException e) {
        if (ControlDatabaseLoss.isCauseOf(e)) {
          throw e;
        }
        unread++;
        log.warn("metrics are incomplete: {}", e.getMessage());
      }
    }
    families.add(Gauges.single(Metric.CONTROL_DATABASE_UP, 1));
    families.add(Gauges.single(Metric.METRICS_UNREAD, unread));
    return families;
  }

  private static List<Family> read(Handle handle, Function<GaugeStore, List<Family>> statement) {
    GaugeStore store = handle.attach(GaugeStore.class);
    store.begin();
    return statement.apply(store);
  }
}
