package dev.edj.metric;

import java.util.Locale;

/// How the values of a metric are to be read.
public enum MetricKind {
  /// Only grows.
  COUNTER,
  /// What is now.
  GAUGE,
  /// How often something took how long.
  HISTOGRAM;

  /// As Prometheus has it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
