package dev.edj.bundle;

import dev.edj.audit.AuditEvent;
import dev.edj.audit.AuditFilter;
import dev.edj.audit.AuditLog;
import dev.edj.execution.JobExecution;
import dev.edj.metric.Family;
import dev.edj.metric.ServiceMetrics;
import dev.edj.node.Nodes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/// What happened around an execution, and on what it ran.
record Surroundings(Jdbi jdbi, AuditLog audit, Nodes nodes, ServiceMetrics metrics, Limits limits) {

  private static final Duration AROUND = Duration.ofHours(1);

  /// What the control database is.
  record ControlDatabaseFacts(
      String version, Map<String, String> settings, List<FactStore.Migration> migrations) {}

  /// A series of a metric.
  record Value(
      String metric, Map<String, String> labels, double value, List<Long> observationsPerBucket) {}

  void write(Archive archive, JobExecution run) throws IOException {
    archive.lines("audit.jsonl", events(run));
    archive.json("nodes.json", nodes.list(false));
    archive.json(
        "control-database.json",
        jdbi.withExtension(
            FactStore.class,
            store ->
                new ControlDatabaseFacts(
                    store.version(), new TreeMap<>(store.settings()), store.migrations())));
    archive.json("metrics.json", metrics.read().stream().flatMap(this::values).toList());
  }

  /// Those of the execution itself, whatever there is room for, and those of its job. The start of
  /// a query names its target, as there is no job.
  private List<AuditEvent> events(JobExecution run) {
    Instant end = run.endedAt();
    AuditFilter around =
        AuditFilter.page(limits.events())
            .between(run.createdAt().minus(AROUND), end == null ? null : end.plus(AROUND));
    SortedMap<Long, AuditEvent> newestFirst = new TreeMap<>(Comparator.reverseOrder());
    for (String object : List.of(run.id().toString(), run.job())) {
      for (AuditEvent event : audit.list(around.to(object)).items()) {
        if (newestFirst.size() < limits.events()) {
          newestFirst.put(event.id(), event);
        }
      }
    }
    return List.copyOf(newestFirst.values());
  }

  private Stream<Value> values(Family family) {
    List<String> names = family.metric().labels().stream().map(label -> label.name()).toList();
    return family.points().stream()
        .map(point -> {
          Map<String, String> labels = new TreeMap<>();
          IntStream.range(0, names.size())
              .forEach(i -> labels.put(names.get(i), point.labels().get(i)));
          return new Value(family.metric().exposedName(), labels, point.value(), point.buckets());
        });
  }
}
