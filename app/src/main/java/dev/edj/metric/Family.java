package dev.edj.metric;

import java.util.List;

/// A metric with its values.
public record Family(Metric metric, List<Point> points) {

  /// One series.
  ///
  /// @param labels values, in the order in which the metric declares them
  /// @param value of a histogram the sum of what was observed
  /// @param buckets of a histogram how many observations are in each bucket alone, the last of them
  ///   without a bound; else empty
  public record Point(List<String> labels, double value, List<Long> buckets) {

    static Point of(double value, String... labels) {
      return new Point(List.of(labels), value, List.of());
    }
  }
}
