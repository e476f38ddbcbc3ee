package dev.edj.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.worker.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  private static final Path PAGE = Path.of("../docs/reference/metrics.md");

  /// With `-Dedj.docs=write` it writes the page instead.
  @Test
  void thePageOfMetricsSaysWhatTheCodeDoes() throws IOException {
    if ("write".equals(System.getProperty("edj.docs"))) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/reference/metrics.md is made by this test with -Dedj.docs=write")
        .isEqualTo(page());
  }

  private static String page() {
    return """
    # Metrics

    `GET /actuator/prometheus` has the metrics in the format of Prometheus, on every node with the role api, for whoever may read (a token
    of a user with the role Reader). How to have them scraped, shown and watched is [described apart](../how-to/monitoring.md).

    **Each API node answers for the whole service**, whatever the roles of the others are: the metrics that begin with `edj_` come from the
    control database. Two nodes that are scraped say the same twice, so take the largest: `max by (lifecycle) (edj_children_active)`, and
    never the sum over instances.

    * What only a node knows, it counts in its memory and adds to the control database every five seconds, and when it stops. A node that
      is killed takes its last five seconds along. Nothing is counted twice, and nothing starts at zero when a node starts anew.
    * What is in the control database anyway is read from it when somebody asks, at most every five seconds for each API node, by statements
      that look at what is active only and give up after two seconds (`edj_metrics_unread`).
    * The names of servers and nodes are labels, of those nearest to their limit and busiest only; jobs, databases and executions are
      never labels. [Reports by SQL](reporting.md) and `edj execution list` know those.

    ## Counted since the service began

    | metric | kind | labels | |
    |---|---|---|---|
    %s
    The buckets of the histograms end at %s seconds, and the last one nowhere.

    The classes of errors (`error_class`):

    | class | |
    |---|---|
    %s
    ## Now

    | metric | labels | |
    |---|---|---|
    %s
    ## Of one process

    Beside these are those of the process that was asked: its requests (`http_server_requests_seconds`), its memory, threads and
    garbage collection (`jvm_…`), its processor and open files (`process_…`, `system_…`).
    """
        .formatted(counted(), bounds(), errorClasses(), gauges());
  }

  private static String counted() {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.kind() != MetricKind.GAUGE)
        .map(metric ->
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    metric.exposedName(),
                    metric.kind().text(),
                    labels(metric),
                    metric.explanation()))
        .collect(Collectors.joining());
  }

  private static String gauges() {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.kind() == MetricKind.GAUGE)
        .map(metric ->
            "| `%s` | %s | %s |\n"
                .formatted(metric.exposedName(), labels(metric), metric.explanation()))
        .collect(Collectors.joining());
  }

  private static String labels(Metric metric) {
    return metric.labels().stream()
        .map(label -> "`%s`: %s".formatted(label.name(), values(label)))
        .collect(Collectors.joining("; "));
  }

  private static String values(Label label) {
    return label.values().isEmpty() ? label.bound() : String.join(", ", label.values());
  }

  private static String bounds() {
    return Metric.BOUNDS.stream()
        .map(bound -> bound < 1 ? String.valueOf(bound) : String.valueOf(bound.longValue()))
        .collect(Collectors.joining(", "));
  }

  private static String errorClasses() {
    return Arrays.stream(ErrorClass.values())
        .map(kind -> "| `%s` | %s |\n".formatted(kind.text(), kind.explanation()))
        .collect(Collectors.joining());
  }
}
