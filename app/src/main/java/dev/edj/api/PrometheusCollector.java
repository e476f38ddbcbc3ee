package dev.edj.api;

import dev.edj.metric.Family;
import dev.edj.metric.Family.Point;
import dev.edj.metric.Label;
import dev.edj.metric.Metric;
import dev.edj.metric.ServiceMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.stream.Stream;

/// Shows Prometheus the metrics of the service beside those of this process.
final class PrometheusCollector implements MultiCollector {

  /// Prometheus wants a counter's name to end with it, and its library adds it.
  private static final String TOTAL = "_total";

  private final ServiceMetrics metrics;

  PrometheusCollector(ServiceMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public MetricSnapshots collect() {
    return new MetricSnapshots(metrics.read().stream().map(PrometheusCollector::snapshot).toList());
  }

  private static MetricSnapshot snapshot(Family family) {
    return switch (family.metric().kind()) {
      case COUNTER -> counter(family);
      case GAUGE -> gauge(family);
      case HISTOGRAM -> histogram(family);
    };
  }

  private static MetricSnapshot counter(Family family) {
    CounterSnapshot.Builder snapshot = CounterSnapshot.builder();
    family
        .points()
        .forEach(point ->
            snapshot.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(labels(family.metric(), point))
                    .value(point.value())
                    .build()));
    return snapshot.name(name(family.metric())).help(family.metric().explanation()).build();
  }

  private static MetricSnapshot gauge(Family family) {
    GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder();
    family
        .points()
        .forEach(point ->
            snapshot.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(labels(family.metric(), point))
                    .value(point.value())
                    .build()));
    return snapshot.name(name(family.metric())).help(family.metric().explanation()).build();
  }

  private static MetricSnapshot histogram(Family family) {
    HistogramSnapshot.Builder snapshot = HistogramSnapshot.builder();
    family
        .points()
        .forEach(point ->
            snapshot.dataPoint(
                HistogramDataPointSnapshot.builder()
                    .labels(labels(family.metric(), point))
                    .sum(point.value())
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds(), point.buckets()))
                    .build()));
    return snapshot.name(name(family.metric())).help(family.metric().explanation()).build();
  }

  private static List<Double> bounds() {
    return Stream.concat(Metric.BOUNDS.stream(), Stream.of(Double.POSITIVE_INFINITY)).toList();
  }

  private static Labels labels(Metric metric, Point point) {
    return Labels.of(
        metric.labels().stream().map(Label::name).toArray(String[]::new),
        point.labels().toArray(String[]::new));
  }

  private static String name(Metric metric) {
    String name = metric.exposedName();
    return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
  }
}
