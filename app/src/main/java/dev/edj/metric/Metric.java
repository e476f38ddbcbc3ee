package dev.edj.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Everything the service says of itself in numbers, named as Prometheus wants it. Times are in
/// seconds.
public enum Metric {
  EXECUTIONS_ENDED(
      "edj_executions_ended_total",
      MetricKind.COUNTER,
      "Executions of jobs that ended, by how. Checks, trials and queries do not count.",
      Label.of(
          "lifecycle",
          "Succeeded",
          "SucceededWithSkipped",
          "Failed",
          "TimedOut",
          "Canceled",
          "Skipped")),
  EXECUTION_DURATION(
      "edj_execution_duration_seconds",
      MetricKind.HISTOGRAM,
      "From the start of an execution of a job being asked for to its end."),
  EXECUTION_START_LATENCY(
      "edj_execution_start_latency_seconds",
      MetricKind.HISTOGRAM,
      "From the start of an execution being asked for to a controller taking it up, of those that nothing was to wait for."),
  CHILD_WAIT(
      "edj_child_wait_seconds",
      MetricKind.HISTOGRAM,
      "How long children waited from when they could have been taken up until a worker did; limits of servers and steps count as waiting."),
  ATTEMPTS(
      "edj_attempts_total",
      MetricKind.COUNTER,
      "Attempts that ended, by engine, how they ended, what kind of error it was, and whether another attempt follows.",
      Labels.ENGINE,
      Label.open("lifecycle", "Succeeded, Failed, TimedOut, Canceled"),
      Label.open("error_class", "see below"),
      Label.open("retried", "true, false")),
  ATTEMPT_DURATION(
      "edj_attempt_duration_seconds",
      MetricKind.HISTOGRAM,
      "How long attempts took, from being taken up to their end.",
      Labels.ENGINE),
  REPORTS_FENCED(
      "edj_reports_fenced_total",
      MetricKind.COUNTER,
      "Ends of attempts that were refused because the work had been given to another node meanwhile."),
  CHILDREN_GIVEN_BACK(
      "edj_children_given_back_total",
      MetricKind.COUNTER,
      "Children that went back into the queue because their node was lost or stopped."),
  CONTROL_DATABASE_UP(
      "edj_control_database_up",
      MetricKind.GAUGE,
      "1 when this node can read the control database, else 0; all other metrics of this list come from there."),
  METRICS_UNREAD(
      "edj_metrics_unread",
      MetricKind.GAUGE,
      "How many of the statements behind these metrics failed or took too long; theirs are missing."),
  EXECUTIONS_ACTIVE(
      "edj_executions_active",
      MetricKind.GAUGE,
      "Executions that have not ended.",
      Label.of(
          "lifecycle", "Created", "InProgress", "WaitingForChildJobExecutions", "WaitingForRetry"),
      Label.of("purpose", "Run", "Check", "Trial", "Query")),
  CHILDREN_ACTIVE(
      "edj_children_active",
      MetricKind.GAUGE,
      "Children that have not ended, of executions that have not.",
      Label.of("lifecycle", "Created", "InProgress", "WaitingForRetry")),
  QUEUE_DEPTH(
      "edj_queue_depth",
      MetricKind.GAUGE,
      "Children that wait for a worker, a free connection or their next attempt."),
  QUEUE_BLOCKED(
      "edj_queue_blocked",
      MetricKind.GAUGE,
      "Children that wait for an earlier step, a wave or an approval."),
  QUEUE_OLDEST(
      "edj_queue_oldest_seconds",
      MetricKind.GAUGE,
      "How long the child has waited that could have been taken up first; 0 when none waits."),
  NODES(
      "edj_nodes",
      MetricKind.GAUGE,
      "Processes of the service by role; those that were lost count for a day.",
      Label.of("lifecycle", "Active", "Draining", "Lost"),
      Label.of("role", "api", "controller", "worker")),
  NODE_CHILDREN(
      "edj_node_children", MetricKind.GAUGE, "Children that a live node works on.", Labels.NODE),
  NODE_CLOCK_AHEAD(
      "edj_node_clock_ahead_seconds",
      MetricKind.GAUGE,
      "How far a live node's clock is ahead of the control database's; negative when it is behind.",
      Labels.NODE),
  CHILDREN_OF_LOST_NODES(
      "edj_children_of_lost_nodes",
      MetricKind.GAUGE,
      "Children in progress whose node's lease has run out and that were not given back yet."),
  SERVER_CONNECTIONS(
      "edj_server_connections",
      MetricKind.GAUGE,
      "Connections that count against a server's limit now.",
      Labels.SERVER),
  SERVER_CONNECTIONS_LIMIT(
      "edj_server_connections_limit",
      MetricKind.GAUGE,
      "The most connections that EDJ may hold at a server, of the servers in edj_server_connections.",
      Labels.SERVER),
  SCHEDULE_LAG(
      "edj_schedule_lag_seconds",
      MetricKind.GAUGE,
      "For how long the trigger that is most overdue has been; 0 when none is."),
  TRIGGERS_HINDERED(
      "edj_triggers_hindered",
      MetricKind.GAUGE,
      "Enabled triggers whose schedule cannot be read, and that start nothing."),
  AUDIT_UNLINKED(
      "edj_audit_unlinked_events",
      MetricKind.GAUGE,
      "Events of the audit log that are not in its chain yet, up to 10,000."),
  AUDIT_UNLINKED_AGE(
      "edj_audit_unlinked_seconds",
      MetricKind.GAUGE,
      "How long the oldest event of the audit log has waited to be in its chain; 0 when none does.");

  /// Upper bounds of the buckets of all histograms, in seconds: from a child that does nothing to a
  /// night's work. The last one, without a bound, is not among them.
  public static final List<Double> BOUNDS =
      List.of(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3_600.0, 14_400.0);

  private final String exposedName;
  private final MetricKind kind;
  private final String explanation;

  @SuppressWarnings("ImmutableEnumChecker") // a copy, of records
  private final List<Label> labels;

  Metric(String exposedName, MetricKind kind, String explanation, Label... labels) {
    this.exposedName = exposedName;
    this.kind = kind;
    this.explanation = explanation;
    this.labels = List.of(labels);
  }

  /// As it is called outside.
  public String exposedName() {
    return exposedName;
  }

  public MetricKind kind() {
    return kind;
  }

  /// One sentence for whoever meets it in Prometheus.
  public String explanation() {
    return explanation;
  }

  public List<Label> labels() {
    return labels;
  }

  /// The series that are there from the beginning; none of a metric of which not all are known.
  List<List<String>> knownSeries() {
    List<List<String>> series = List.of(List.of());
    for (Label label : labels) {
      series =
          series.stream()
              .flatMap(begun -> label.values().stream().map(value -> extended(begun, value)))
              .toList();
    }
    return series;
  }

  private static List<String> extended(List<String> begun, String value) {
    List<String> extended = new ArrayList<>(begun);
    extended.add(value);
    return List.copyOf(extended);
  }

  /// A total that another version of the program keeps is none of ours.
  static Optional<Metric> named(String exposedName) {
    return Arrays.stream(values())
        .filter(metric -> metric.exposedName.equals(exposedName))
        .findFirst();
  }

  /// Those that several metrics have. In a class of their own, because constants of an enum cannot
  /// use its static fields.
  private static final class Labels {

    static final Label ENGINE =
        Label.open(
            "engine",
            "sqlserver, postgresql, mysql, mariadb; unknown before the server was looked up");
    static final Label NODE = Label.open("node", "the 100 busiest live nodes, by name");
    static final Label SERVER = Label.open("server", "the 50 servers nearest to their limit");
  }
}
