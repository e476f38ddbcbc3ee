package dev.edj.metric;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What one node has counted since it last told the control database. Any number of threads may
/// count.
public final class Tally {

  private final Map<Series, Double> sums = new ConcurrentHashMap<>();

  public void count(Metric metric, String... labels) {
    count(metric, 1, labels);
  }

  public void count(Metric metric, long times, String... labels) {
    require(metric, MetricKind.COUNTER, labels);
    if (times > 0) {
      add(new Series(metric, List.of(labels), ""), (double) times);
    }
  }

  /// That something took so long, once.
  public void observe(Metric metric, Duration took, String... labels) {
    require(metric, MetricKind.HISTOGRAM, labels);
    double seconds = Math.max(0, took.toNanos() / 1e9);
    add(new Series(metric, List.of(labels), Series.SUM), seconds);
    add(new Series(metric, List.of(labels), Series.bucket(seconds)), 1);
  }

  /// Takes all that was counted; it is whoever takes it that has to see that it is not lost.
  Map<Series, Double> take() {
    Map<Series, Double> taken = new HashMap<>();
    for (Series series : List.copyOf(sums.keySet())) {
      Double sum = sums.remove(series);
      if (sum != null) {
        taken.put(series, sum);
      }
    }
    return taken;
  }

  private void add(Series series, double value) {
    sums.merge(series, value, Double::sum);
  }

  private static void require(Metric metric, MetricKind kind, String... labels) {
    if (metric.kind() != kind || metric.labels().size() != labels.length) {
      throw new IllegalArgumentException(
          "%s is a %s with %d labels"
              .formatted(metric, metric.kind().text(), metric.labels().size()));
    }
  }
}
