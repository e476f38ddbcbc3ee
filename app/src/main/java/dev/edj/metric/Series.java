package dev.edj.metric;

import java.util.List;

/// One number that is kept of a metric.
///
/// @param labels values, in the order in which the metric declares them
/// @param part empty for a counter; for a histogram its sum, or the bound of a bucket, which counts
///   what is in that bucket alone
record Series(Metric metric, List<String> labels, String part) {

  static final String SUM = "sum";
  static final String UNBOUNDED = "+Inf";
  private static final String SEPARATOR = ",";

  /// As the control database keeps them: no label of what is counted has a comma in it.
  String labelText() {
    return String.join(SEPARATOR, labels);
  }

  static List<String> labels(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(SEPARATOR, -1));
  }

  /// The smallest bucket that has room for so many seconds.
  static String bucket(double seconds) {
    for (double bound : Metric.BOUNDS) {
      if (seconds <= bound) {
        return String.valueOf(bound);
      }
    }
    return UNBOUNDED;
  }
}
