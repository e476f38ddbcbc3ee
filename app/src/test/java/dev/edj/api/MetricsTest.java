package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.content.NewContent;
import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.JobExecution;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.metric.Metric;
import dev.edj.metric.MetricKind;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import dev.edj.worker.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service that has run what succeeds, fails and is refused, and that runs something now, is
/// scraped: what it says is right, and what dashboard and alerts ask for is there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {

  private static final Path MONITORING = Path.of("../monitoring");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:edj|jvm|http|process|system)_[a-z0-9_]+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([a-z_, ]+)\\)");

  /// Labels that Prometheus adds.
  private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

  private final TestControlDatabase database = TestControlDatabase.create();
  private final String server = "postgresql://localhost:" + PostgresServer.shared().port();
  private Wiring wiring;
  private Wiring earlier;
  private ApiServer doors;
  private Scrape scrape;

  @BeforeAll
  void runAndScrape(@TempDir Path directory) throws InterruptedException {
    ServiceSettings settings =
        ServiceSettings.in(directory).withControlDatabase(database.address()).withPort(0);
    earlier = Wiring.open(settings);
    earlier.node().start();
    createJobs(earlier);
    List<UUID> ended = Stream.of("good", "bad", "refused").map(job -> start(earlier, job)).toList();
    assertThat(earlier.executions().await(ended, false, PATIENCE))
        .extracting(JobExecution::lifecycle)
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("Succeeded", "Failed", "Failed");
    awaitCounted();
    // What this node has counted stays when it is gone.
    earlier.node().close();
    wiring = Wiring.open(settings);
    wiring.node().start();
    awaitRunning(start(wiring, "slow"));
    doors = ApiServer.start(wiring, settings);
    scrape = Scrape.of(new Client(doors.url(), LocalToken.open(directory).text()));
  }

  @AfterAll
  void stop() {
    doors.close();
    wiring.close();
    earlier.close();
    database.close();
  }

  @Test
  void executionsAreCountedByHowTheyEnded() {
    assertThat(scrape.value("edj_executions_ended_total", Map.of("lifecycle", "Succeeded")))
        .isEqualTo(1);
    assertThat(scrape.value("edj_executions_ended_total", Map.of("lifecycle", "Failed")))
        .isEqualTo(2);
    assertThat(scrape.of("edj_executions_ended_total")).hasSize(6);
    assertThat(scrape.value("edj_execution_duration_seconds_count", Map.of())).isEqualTo(3);
    assertThat(scrape.value("edj_execution_start_latency_seconds_count", Map.of()))
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void attemptsAreCountedByEngineAndByWhatWentWrong() {
    assertThat(attempts("Succeeded", "none", "false")).isEqualTo(1);
    assertThat(attempts("Failed", "statement", "true")).isEqualTo(1);
    assertThat(attempts("Failed", "statement", "false")).isEqualTo(1);
    assertThat(attempts("Failed", "login", "false")).isEqualTo(1);
    assertThat(scrape.value("edj_attempt_duration_seconds_count", Map.of("engine", "postgresql")))
        .isEqualTo(4);
    assertThat(scrape.value("edj_child_wait_seconds_count", Map.of())).isGreaterThanOrEqualTo(4);
  }

  @Test
  void whatIsNowIsReadWhenItIsAskedFor() {
    Map<String, String> waiting =
        Map.of("lifecycle", "WaitingForChildJobExecutions", "purpose", "Run");
    assertThat(scrape.value("edj_executions_active", waiting)).isEqualTo(1);
    assertThat(scrape.value("edj_children_active", Map.of("lifecycle", "InProgress"))).isEqualTo(1);
    assertThat(scrape.value("edj_server_connections", Map.of("server", server))).isEqualTo(1);
    assertThat(scrape.value("edj_server_connections_limit", Map.of("server", server))).isEqualTo(7);
    assertThat(scrape.value("edj_nodes", Map.of("lifecycle", "Active", "role", "worker")))
        .isEqualTo(1);
    assertThat(scrape.value("edj_node_children", Map.of())).isEqualTo(1);
    assertThat(scrape.value("edj_queue_depth", Map.of())).isZero();
    assertThat(scrape.value("edj_control_database_up", Map.of())).isEqualTo(1);
    assertThat(scrape.value("edj_metrics_unread", Map.of())).isZero();
  }

  @Test
  void everyMetricIsThereAndSaysWhatItIs() {
    assertThat(scrape.explained())
        .containsAll(Arrays.stream(Metric.values()).map(Metric::exposedName).toList());
    for (Metric metric : Metric.values()) {
      String name = metric.exposedName() + (metric.kind() == MetricKind.HISTOGRAM ? "_bucket" : "");
      assertThat(scrape.of(name)).as(name).isNotEmpty();
    }
  }

  @Test
  void theDashboardAsksForWhatThereIs() throws IOException {
    JsonNode dashboard =
        JsonMapper.shared()
            .readTree(Files.readString(MONITORING.resolve("grafana-dashboard.json")));
    List<String> expressions =
        dashboard
            .path("panels")
            .valueStream()
            .flatMap(panel -> panel.path("targets").valueStream())
            .map(target -> target.path("expr").asString())
            .toList();
    assertThat(expressions).hasSizeGreaterThan(20);
    expressions.forEach(this::requireKnown);
    assertThat(dashboard.path("panels").valueStream().map(panel -> panel.path("id").asInt()))
        .doesNotHaveDuplicates();
    Set<String> shown =
        expressions.stream()
            .flatMap(expression -> METRIC.matcher(expression).results())
            .map(match -> match.group(1).replaceFirst("_bucket$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown).contains("edj_queue_depth", "edj_attempts_total", "edj_schedule_lag_seconds");
  }

  @Test
  void theAlertsAskForWhatThereIs() throws IOException {
    List<Map<String, Object>> rules = rules();
    assertThat(rules).hasSizeGreaterThan(10);
    assertThat(rules).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
    for (Map<String, Object> rule : rules) {
      requireKnown(String.valueOf(rule.get("expr")));
      assertThat(rule.get("labels")).asString().containsPattern("severity=(info|warning|critical)");
      assertThat(rule.get("annotations")).asString().contains("summary=", "description=");
    }
  }

  private static List<Map<String, Object>> rules() throws IOException {
    Map<String, List<Map<String, List<Map<String, Object>>>>> file =
        new Yaml().load(Files.readString(MONITORING.resolve("alerts.yaml")));
    List<Map<String, Object>> rules = new ArrayList<>();
    file.getOrDefault("groups", List.of())
        .forEach(group -> rules.addAll(group.getOrDefault("rules", List.of())));
    return rules;
  }

  /// Each metric with its labels and their values, and what it is grouped by.
  private void requireKnown(String expression) {
    List<MatchResult> metrics = METRIC.matcher(expression).results().toList();
    assertThat(metrics).as(expression).isNotEmpty();
    Set<String> labels = new TreeSet<>(OF_THE_SCRAPE);
    for (MatchResult metric : metrics) {
      List<Scrape.Sample> samples = scrape.of(metric.group(1));
      assertThat(samples).as("%s in %s", metric.group(1), expression).isNotEmpty();
      labels.addAll(samples.getFirst().labels().keySet());
      if (metric.group(2) != null) {
        MATCHER
            .matcher(metric.group(2))
            .results()
            .filter(label -> !OF_THE_SCRAPE.contains(label.group(1)))
            .forEach(label -> requireKnown(samples, label.group(1), label.group(3)));
      }
    }
    GROUPING
        .matcher(expression)
        .results()
        .flatMap(grouping -> Stream.of(grouping.group(1).split(", ", -1)))
        .forEach(label -> assertThat(labels).as(expression).contains(label));
  }

  private static void requireKnown(List<Scrape.Sample> samples, String label, String values) {
    for (String value : values.split("\\|", -1)) {
      boolean known =
          label.equals("error_class")
              ? Arrays.stream(ErrorClass.values()).anyMatch(kind -> kind.text().equals(value))
              : samples.stream().anyMatch(sample -> value.equals(sample.labels().get(label)));
      assertThat(known || value.equals("TimedOut")).as("%s=\"%s\"", label, value).isTrue();
    }
  }

  private double attempts(String lifecycle, String errorClass, String retried) {
    return scrape.value(
        "edj_attempts_total",
        Map.of(
            "engine", "postgresql",
            "lifecycle", lifecycle,
            "error_class", errorClass,
            "retried", retried));
  }

  private void createJobs(Wiring of) {
    of.targets()
        .create(
            new NewTarget(
                TargetKind.Server,
                null,
                server,
                null,
                null,
                null,
                new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null, 7, null)));
    String name = PostgresServer.shared().createDatabase();
    String target =
        of.targets()
            .create(new NewTarget(TargetKind.Database, null, server, name, null, null, null))
            .name();
    of.credentials().create(credential("login", PostgresServer.PASSWORD));
    of.credentials().create(credential("wrong", "not this one"));
    of.policies()
        .create(
            new NewExecutionPolicy(
                "twice", null, null, Duration.ofMillis(1), null, null, 2, null, null, null, null));
    of.policies()
        .create(
            new NewExecutionPolicy(
                "once", null, null, null, null, null, 1, null, null, null, null));
    createJob(of, "good", "SELECT 1", "login", target, "once");
    createJob(of, "bad", "SELECT 1/0", "login", target, "twice");
    createJob(of, "refused", "SELECT 1", "wrong", target, "once");
    createJob(of, "slow", "SELECT pg_sleep(120)", "login", target, "once");
  }

  private NewCredential credential(String name, String password) {
    return new NewCredential(name, PostgresServer.USER, password, null, List.of(server));
  }

  private static void createJob(
      Wiring of, String name, String script, String credential, String target, String policy) {
    of.contents().create(new NewContent(name, script, null));
    of.jobs()
        .create(
            new NewJob(
                name,
                null,
                List.of(NewJobStep.of(name, credential, target).policy(policy).build()),
                null,
                null));
  }

  private static UUID start(Wiring on, String job) {
    return on.executions().start(job, "test").id();
  }

  /// A controller counts what has ended when it looks for what follows it.
  private void awaitCounted() throws InterruptedException {
    await("SELECT count(*) = 0 FROM job_execution WHERE NOT followed");
  }

  private void awaitRunning(UUID run) throws InterruptedException {
    await(
        """
        SELECT count(*) = 1 FROM child_execution c JOIN step_execution s USING (step_execution_id)
        WHERE c.lifecycle = 'InProgress' AND s.execution_id = '%s'
        """
            .formatted(run));
  }

  private void await(String question) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!database
        .jdbi()
        .withHandle(handle -> handle.createQuery(question).mapTo(Boolean.class).one())) {
      assertThat(System.nanoTime()).as(question).isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
