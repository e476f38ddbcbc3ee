package dev.edj.metric;

import dev.edj.metric.Family.Point;
import dev.edj.metric.TotalStore.Total;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Reads what all nodes have counted.
final class Totals {

  private Totals() {}

  static List<Family> read(Handle handle) {
    Map<Metric, Map<List<String>, Map<String, Double>>> found = new HashMap<>();
    for (Total total : handle.attach(TotalStore.class).list()) {
      Optional<Metric> metric = Metric.named(total.metric());
      if (metric.isPresent()) {
        found
            .computeIfAbsent(metric.get(), _ -> new HashMap<>())
            .computeIfAbsent(Series.labels(total.labels()), _ -> new HashMap<>())
            .put(total.part(), total.value());
      }
    }
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.kind() != MetricKind.GAUGE)
        .map(metric -> family(metric, found.getOrDefault(metric, Map.of())))
        .toList();
  }

  private static Family family(Metric metric, Map<List<String>, Map<String, Double>> found) {
    Map<List<String>, Map<String, Double>> series = new LinkedHashMap<>();
    metric.knownSeries().forEach(labels -> series.put(labels, Map.of()));
    // What a version with other labels has kept does not fit.
    found.forEach((labels, parts) -> {
      if (labels.size() == metric.labels().size()) {
        series.put(labels, parts);
      }
    });
    List<Point> points = new ArrayList<>();
    series.forEach((labels, parts) -> points.add(point(metric, labels, parts)));
    return new Family(metric, points);
  }

  private static Point point(Metric metric, List<String> labels, Map<String, Double> parts) {
    if (metric.kind() == MetricKind.COUNTER) {
      return new Point(labels, parts.getOrDefault("", 0.0), List.of());
    }
    List<Long> buckets =
        Stream.concat(Metric.BOUNDS.stream().map(String::valueOf), Stream.of(Series.UNBOUNDED))
            .map(bound -> parts.getOrDefault(bound, 0.0).longValue())
            .toList();
    return new Point(labels, parts.getOrDefault(Series.SUM, 0.0), buckets);
  }
}
