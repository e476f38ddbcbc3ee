package dev.edj.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.api.ApiServer;
import dev.edj.content.NewContent;
import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.node.NodeRole;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.settings.TraceSettings;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import dev.edj.trace.Collector.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What two nodes do for one execution is one trace, which has its id: one node is its controller
/// and the service's door, the other its worker.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutionTraceTest {

  private static final String ASKING = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SCRIPT = "SELECT 1 AS told\nGO\nSELECT 1/$(by) AS secretive";

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Collector collector = new Collector();
  private final String server = "postgresql://localhost:" + PostgresServer.shared().port();
  private final String name = PostgresServer.shared().createDatabase();
  private Wiring controller;
  private Wiring worker;
  private ApiServer doors;
  private URI start;
  private String token;

  @BeforeAll
  void startTwoNodes(@TempDir Path directory) throws IOException {
    ServiceSettings first =
        settings(directory.resolve("first"), "first")
            .withRoles(Set.of(NodeRole.API, NodeRole.CONTROLLER));
    ServiceSettings second =
        settings(directory.resolve("second"), "second").withRoles(Set.of(NodeRole.WORKER));
    controller = Wiring.open(first);
    controller.node().start();
    Files.createDirectories(second.dataDirectory());
    Files.copy(
        first.dataDirectory().resolve("encryption-keys.json"),
        second.dataDirectory().resolve("encryption-keys.json"));
    worker = Wiring.open(second);
    worker.node().start();
    createJob();
    doors = ApiServer.start(controller, first);
    start = doors.url().resolve("/api/v1/jobs/job/start");
    token = LocalToken.open(first.dataDirectory()).text();
  }

  @AfterAll
  void stop() {
    doors.close();
    worker.close();
    controller.close();
    collector.close();
    database.close();
  }

  @Test
  void whatTwoNodesDoForAnExecutionIsOneTrace() throws Exception {
    UUID run = start("1", "");
    String trace = trace(run);
    List<Received> own = ofTrace(collector.await(all -> ofTrace(all, trace).size() >= 6), trace);

    Received root = only(own, "job");
    assertThat(root.parentId()).isNull();
    assertThat(root.service()).isEqualTo("first");
    assertThat(root.attributes()).containsEntry("edj.lifecycle", "Succeeded");
    assertThat(only(own, "ScriptSplit").parentId()).isEqualTo(root.spanId());
    assertThat(only(own, "ExpandJob").parentId()).isEqualTo(root.spanId());
    Received attempt = only(own, "ScriptExecution");
    assertThat(attempt.parentId()).isEqualTo(root.spanId());
    assertThat(attempt.service()).isEqualTo("second");
    assertThat(attempt.attributes())
        .containsEntry("db.system.name", "postgresql")
        .containsEntry("db.namespace", name)
        .containsEntry("server.address", "localhost")
        .containsEntry("edj.execution.id", run.toString())
        .containsEntry("edj.attempt", "1");
    assertThat(own)
        .filteredOn(span -> span.name().startsWith("batch "))
        .hasSize(2)
        .allSatisfy(batch -> {
          assertThat(batch.parentId()).isEqualTo(attempt.spanId());
          assertThat(batch.start()).isGreaterThanOrEqualTo(attempt.start());
          assertThat(batch.end()).isLessThanOrEqualTo(attempt.end());
        });
    assertThat(own).allSatisfy(span -> assertThat(span.failed()).isFalse());
  }

  @Test
  void aFailureIsNamedAndItsTextIsNot() throws Exception {
    String trace = trace(start("0", ""));
    List<Received> own = ofTrace(collector.await(all -> ofTrace(all, trace).size() >= 6), trace);

    assertThat(only(own, "job").failed()).isTrue();
    assertThat(only(own, "ScriptExecution").attributes()).containsEntry("error.type", "statement");
    assertThat(only(own, "batch 1").failed()).isFalse();
    assertThat(only(own, "batch 2").failed()).isTrue();
    assertThat(own.toString())
        .doesNotContain("secretive", "told", "division", PostgresServer.PASSWORD);
  }

  @Test
  void whoeverAsksFindsTheExecutionFromTheirOwnTrace() throws Exception {
    UUID run = start("1", "00-%s-00f067aa0ba902b7-01".formatted(ASKING));
    List<Received> asked = ofTrace(collector.await(all -> !ofTrace(all, ASKING).isEmpty()), ASKING);

    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().name()).isEqualTo("start job");
    assertThat(asked.getFirst().parentId()).isEqualTo("00f067aa0ba902b7");
    assertThat(asked.getFirst().linkedTrace()).isEqualTo(trace(run));
  }

  @Test
  void aCheckHasATraceToo() throws Exception {
    NewExecution what = new NewExecution(null, Map.of("by", "1"), Purpose.Check);
    String trace = trace(ended(controller.executions().start("job", what, "test").id()));
    // Of the check as a whole, its two tasks, and the attempt; they come from two nodes.
    List<Received> own = ofTrace(collector.await(all -> ofTrace(all, trace).size() >= 4), trace);

    assertThat(only(own, "Check").parentId()).isNull();
    assertThat(only(own, "ScriptExecution").parentId()).isEqualTo(only(own, "Check").spanId());
  }

  private static Received only(List<Received> spans, String name) {
    List<Received> found = spans.stream().filter(span -> span.name().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static List<Received> ofTrace(List<Received> spans, String trace) {
    return spans.stream().filter(span -> span.traceId().equals(trace)).toList();
  }

  private static String trace(UUID run) {
    return run.toString().replace("-", "");
  }

  /// @param traceparent what the request says of where it comes from; may be empty
  private UUID start(String by, String traceparent) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(start)
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"parameters\":{\"by\":\"%s\"}}".formatted(by)));
    if (!traceparent.isEmpty()) {
      request.header("traceparent", traceparent);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      return ended(
          UUID.fromString(
              Objects.requireNonNull(
                  JsonMapper.shared().readTree(answer.body()).path("id").stringValue())));
    }
  }

  /// Where one still runs, the next is skipped.
  private UUID ended(UUID run) {
    controller.executions().await(List.of(run), false, Duration.ofSeconds(30));
    return run;
  }

  private ServiceSettings settings(Path directory, String service) {
    return ServiceSettings.in(directory)
        .withControlDatabase(database.address())
        .withPort(0)
        .withTraces(new TraceSettings(collector.url(), Map.of(), service, Map.of()));
  }

  private void createJob() {
    controller
        .targets()
        .create(
            new NewTarget(
                TargetKind.Server,
                null,
                server,
                null,
                null,
                null,
                new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null, null, null)));
    String target =
        controller
            .targets()
            .create(new NewTarget(TargetKind.Database, null, server, name, null, null, null))
            .name();
    controller
        .credentials()
        .create(
            new NewCredential(
                "login", PostgresServer.USER, PostgresServer.PASSWORD, null, List.of(server)));
    controller.contents().create(new NewContent("script", SCRIPT, null));
    controller
        .policies()
        .create(
            new NewExecutionPolicy(
                "once", null, null, null, null, null, 1, null, null, null, null));
    controller
        .jobs()
        .create(
            new NewJob(
                "job",
                null,
                List.of(NewJobStep.of("script", "login", target).policy("once").build()),
                null,
                Map.of("by", "1")));
  }
}
