package dev.edj.api;

import static dev.edj.api.Client.segment;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.api.PowerShellModule.Call;
import dev.edj.engine.TlsMode;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// The requests of the PowerShell module, with the paths and the fields that its text has, sent to
/// a whole service in the form in which PowerShell sends them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PowerShellRequestsTest {

  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final Map<String, Object> NOTHING = Map.of();
  private static final Map<String, String> JOB = Map.of("name", "count");

  private final PowerShellModule module = PowerShellModule.ofTheProject();
  private final String host = "postgresql://localhost:" + POSTGRES.port();
  private final Set<String> sent = new TreeSet<>();
  private TestControlDatabase database;
  private Wiring wiring;
  private ApiServer server;
  private Client client;

  @BeforeAll
  void start(@TempDir Path directory) {
    database = TestControlDatabase.create();
    ServiceSettings settings =
        ServiceSettings.in(directory).withControlDatabase(database.address()).withPort(0);
    wiring = Wiring.open(settings);
    wiring.node().start();
    server = ApiServer.start(wiring, settings);
    client = new Client(server.url(), LocalToken.open(directory).text());
    wiring
        .targets()
        .create(
            new NewTarget(
                TargetKind.Server,
                null,
                host,
                null,
                null,
                null,
                new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null, null, null)));
  }

  @AfterAll
  void stop() {
    server.close();
    wiring.close();
    database.close();
  }

  @Test
  void theServiceTakesEachOfThem() {
    account();
    credentials();
    contents();
    policies();
    schedules();
    targets();
    jobs();
    triggers();
    executions();

    Set<String> all = new TreeSet<>();
    module
        .allFiles()
        .values()
        .forEach(text -> PowerShellModule.calls(text).forEach(call -> all.add(call.name())));
    assertThat(sent).isEqualTo(all);
  }

  private void account() {
    client.post("users", "{\"name\": \"ada\", \"password\": \"correct horse battery\"}");
    JsonNode token =
        send(
            "New-AzureSqlJobConnection",
            "POST /sign-in",
            NOTHING,
            Map.of("user", "ada", "password", "correct horse battery", "device", "PowerShell"));
    assertThat(token.get("secret").asString()).isNotEmpty();
    send("New-AzureSqlJobConnection", "GET /account", NOTHING, NOTHING);
  }

  private void credentials() {
    send(
        "New-AzureSqlJobCredential",
        "POST /credentials",
        NOTHING,
        Map.of(
            "name",
            "login",
            "userName",
            "somebody else",
            "password",
            PostgresServer.PASSWORD,
            "servers",
            List.of(host, "sql.example.com")));
    JsonNode changed =
        send(
            "Set-AzureSqlJobCredential",
            "PATCH /credentials/{name}",
            Map.of("name", "login"),
            Map.of("userName", PostgresServer.USER));
    assertThat(changed.get("servers")).hasSize(2);
    assertThat(
            send("Get-AzureSqlJobCredential", "GET /credentials", NOTHING, NOTHING)
                .get(0)
                .get("userName")
                .asString())
        .isEqualTo(PostgresServer.USER);
    send("Get-AzureSqlJobCredential", "GET /credentials/{name}", Map.of("name", "login"), NOTHING);
  }

  private void contents() {
    Map<String, String> name = Map.of("name", "grüße/1");
    send(
        "New-AzureSqlJobContent",
        "POST /contents",
        NOTHING,
        Map.of("name", "grüße/1", "text", "SELECT 'Grüße';\n\nSELECT 2;"));
    // A parameter of PowerShell that is a text and was not given is an empty one.
    JsonNode added =
        send(
            "Set-AzureSqlJobContentDefinition",
            "POST /contents/{name}/versions",
            name,
            Map.of("text", "SELECT 1 AS one;\nGO\nSELECT 2;", "comment", ""));
    assertThat(added.get("version").asInt()).isEqualTo(2);
    send("Get-AzureSqlJobContent", "GET /contents", NOTHING, NOTHING);
    send("Get-AzureSqlJobContent", "GET /contents/{name}", name, NOTHING);
    assertThat(
            send(
                "Get-AzureSqlJobContentDefinition", "GET /contents/{name}/versions", name, NOTHING))
        .hasSize(2);
    JsonNode first =
        send(
            "Get-AzureSqlJobContentDefinition",
            "GET /contents/{name}/versions/{version}",
            Map.of("name", "grüße/1", "version", "1"),
            NOTHING);
    assertThat(first.get("text").asString()).isEqualTo("SELECT 'Grüße';\n\nSELECT 2;");
    send(
        "Get-AzureSqlJobContentDefinition",
        "GET /contents/{name}/versions/{version}",
        Map.of("name", "grüße/1", "version", "latest"),
        NOTHING);
  }

  /// Spans are written as .NET's XmlConvert writes them, which knows days.
  private void policies() {
    Map<String, String> name = Map.of("name", "once");
    send(
        "New-AzureSqlJobExecutionPolicy",
        "POST /policies",
        NOTHING,
        Map.of(
            "name",
            "once",
            "jobTimeout",
            "P7D",
            "initialRetryInterval",
            "PT0.1S",
            "retryIntervalBackoffCoefficient",
            1.5,
            "maximumRetryInterval",
            "PT30M",
            "maximumAttempts",
            1));
    JsonNode changed =
        send(
            "Set-AzureSqlJobExecutionPolicy",
            "PATCH /policies/{name}",
            name,
            Map.of("jobTimeout", "P1DT2H3M4.5S"));
    assertThat(changed.get("jobTimeout").asString()).isEqualTo("PT26H3M4.5S");
    assertThat(changed.get("maximumAttempts").asInt()).isEqualTo(1);
    send("Get-AzureSqlJobExecutionPolicy", "GET /policies", NOTHING, NOTHING);
    send("Get-AzureSqlJobExecutionPolicy", "GET /policies/{name}", name, NOTHING);
  }

  private void schedules() {
    Map<String, String> name = Map.of("name", "nightly");
    Map<String, String> units =
        Map.of(
            "Minute", "Minutes", "Hour", "Hours", "Day", "Days", "Week", "Weeks", "Month",
            "Months");
    units.forEach((unit, printed) -> {
      JsonNode made =
          send(
              "New-AzureSqlJobSchedule",
              "POST /schedules",
              NOTHING,
              Map.of(
                  "name",
                  unit,
                  "interval",
                  unit,
                  "intervalCount",
                  2,
                  "start",
                  "2040-01-02T03:04:05Z"));
      assertThat(made.get("interval").asString()).isEqualTo(printed + ": 2");
    });
    JsonNode once =
        send(
            "New-AzureSqlJobSchedule",
            "POST /schedules",
            NOTHING,
            Map.of("name", "nightly", "interval", "Once", "start", "2040-01-02T03:04:05Z"));
    assertThat(once.get("interval").asString()).isEqualTo("OneTime");
    JsonNode ending =
        send(
            "Set-AzureSqlJobSchedule",
            "PATCH /schedules/{name}",
            name,
            Map.of("interval", "Day", "intervalCount", 1, "end", "2041-01-02T03:04:05Z"));
    assertThat(ending.get("end").asString()).isEqualTo("2041-01-02T03:04:05Z");
    assertThat(ending.get("start").asString()).isEqualTo("2040-01-02T03:04:05Z");
    JsonNode endless =
        send("Set-AzureSqlJobSchedule", "PATCH /schedules/{name}", name, Map.of("end", ""));
    assertThat(endless.has("end") && !endless.get("end").isNull()).isFalse();
    send("Get-AzureSqlJobSchedule", "GET /schedules", NOTHING, NOTHING);
    send("Get-AzureSqlJobSchedule", "GET /schedules/{name}", name, NOTHING);
  }

  private void targets() {
    String name = POSTGRES.createDatabase();
    Map<String, String> all = Map.of("target", "all");
    createTarget(Map.of("kind", "CustomCollection", "name", "all"));
    createTarget(Map.of("kind", "Server", "server", "sql.example.com", "credential", "login"));
    JsonNode map =
        createTarget(
            Map.of(
                "kind",
                "ShardMap",
                "server",
                "sql.example.com",
                "database",
                "manager",
                "credential",
                "login",
                "shardMap",
                "customers"));
    JsonNode one =
        send(
            "Add-AzureSqlJobChildTarget",
            "POST /targets",
            NOTHING,
            Map.of("kind", "Database", "server", host, "database", name));
    Map<String, String> id = Map.of("target", one.get("id").asString());
    send(
        "Set-AzureSqlJobTarget",
        "PATCH /targets/{target}",
        Map.of("target", map.get("id").asString()),
        Map.of("credential", "login"));
    for (String membership : List.of("Exclude", "Include")) {
      send(
          "Add-AzureSqlJobChildTarget",
          "POST /targets/{target}/children",
          all,
          Map.of("target", id.get("target"), "membership", membership));
    }
    JsonNode other = createTarget(Map.of("kind", "Database", "server", host, "database", "gone"));
    send(
        "Add-AzureSqlJobChildTarget",
        "POST /targets/{target}/children",
        all,
        Map.of("target", other.get("id").asString(), "membership", "Include"));
    send(
        "Remove-AzureSqlJobChildTarget",
        "DELETE /targets/{target}/children/{child}",
        Map.of("target", "all", "child", other.get("id").asString()),
        NOTHING);
    JsonNode children = send("Read-Target", "GET /targets/{target}/children", all, NOTHING);
    assertThat(children).hasSize(1);
    assertThat(children.get(0).get("membership").asString()).isEqualTo("Include");
    assertThat(children.get(0).get("target").get("id")).isEqualTo(one.get("id"));

    JsonNode found =
        send(
            "ConvertTo-TargetInfo",
            "GET /targets",
            NOTHING,
            Map.of("kind", "Database", "server", host));
    assertThat(found.findValuesAsString("database")).containsExactlyInAnyOrder(name, "gone");
    send("Get-AzureSqlJobTarget", "GET /targets/{target}", id, NOTHING);
  }

  private JsonNode createTarget(Map<String, String> fields) {
    return send("New-AzureSqlJobTarget", "POST /targets", NOTHING, fields);
  }

  private void jobs() {
    JsonNode made =
        send(
            "New-AzureSqlJob",
            "POST /jobs",
            NOTHING,
            Map.of("name", "count", "content", "grüße/1", "credential", "login", "target", "all"));
    send("Get-AzureSqlJob", "GET /jobs", NOTHING, NOTHING);
    JsonNode job = send("Set-AzureSqlJob", "GET /jobs/{name}", JOB, NOTHING);
    assertThat(job).isEqualTo(made);

    // A step goes back as it came, but for its number and for what changes.
    ObjectNode step = (ObjectNode) job.get("steps").get(0);
    step.remove("stepId");
    step.put("policy", "once");
    JsonNode changed =
        send(
            "Set-AzureSqlJob",
            "PATCH /jobs/{name}",
            JOB,
            Map.of("steps", List.of(step), "expectedVersion", job.get("version").asInt()));
    assertThat(changed.get("steps").get(0).get("policy").asString()).isEqualTo("once");
    assertThat(changed.get("steps").get(0).get("content").asString()).isEqualTo("grüße/1");
  }

  private void triggers() {
    JsonNode made =
        send(
            "New-AzureSqlJobTrigger",
            "POST /triggers",
            NOTHING,
            Map.of("job", "count", "schedule", "nightly"));
    JsonNode found =
        send(
            "Read-Trigger",
            "GET /triggers",
            NOTHING,
            Map.of("job", "count", "schedule", "nightly"));
    assertThat(found).containsExactly(made);
    Map<String, String> id = Map.of("id", made.get("id").asString());
    JsonNode changed =
        send("Set-AzureSqlJobTrigger", "PATCH /triggers/{id}", id, Map.of("enabled", false));
    assertThat(changed.get("enabled").asBoolean()).isFalse();
    send("Remove-AzureSqlJobTrigger", "DELETE /triggers/{id}", id, NOTHING);
  }

  private void executions() {
    JsonNode started = send("Start-AzureSqlJobExecution", "POST /jobs/{name}/start", JOB, NOTHING);
    String run = started.get("id").asString();
    Map<String, String> id = Map.of("id", run);
    JsonNode ended =
        send(
            "Wait-EdjExecution",
            "GET /executions/wait",
            NOTHING,
            Map.of("id", run, "mode", "all", "timeoutSeconds", 20));
    assertThat(ended.get(0).get("lifecycle").asString()).isEqualTo("Succeeded");
    send("Get-AzureSqlJobExecution", "GET /executions/{id}", id, NOTHING);
    JsonNode listed =
        send(
            "Get-AzureSqlJobExecution",
            "GET /executions",
            NOTHING,
            Map.of("job", "count", "purpose", "Run", "includeInactive", true, "limit", 1000));
    assertThat(listed.get("items")).hasSize(1);
    JsonNode children =
        send(
            "Read-Execution",
            "GET /executions/{id}/children",
            id,
            Map.of("includeInactive", true, "limit", 1000));
    Map<String, String> child = Map.of("id", children.get("items").get(0).get("id").asString());

    JsonNode tasks =
        send("Get-AzureSqlJobTaskExecution", "GET /executions/{id}/tasks", child, NOTHING);
    Map<String, String> task = Map.of("taskId", tasks.get(0).get("id").asString());
    send("Get-AzureSqlJobTaskExecution", "GET /tasks/{taskId}", task, NOTHING);
    assertThat(
            send(
                "Get-AzureSqlJobScriptBatchExecution",
                "GET /tasks/{taskId}/batches",
                task,
                NOTHING))
        .hasSize(2);

    send("Stop-AzureSqlJobExecution", "POST /executions/{id}/stop", id, NOTHING);
    send("Stop-AzureSqlJobExecution", "POST /jobs/{name}/stop", JOB, NOTHING);
    assertThat(send("Remove-AzureSqlJob", "DELETE /jobs/{name}", JOB, NOTHING).isMissingNode())
        .isTrue();
  }

  /// Sends the first request of this name in the file. Fields of its body that have no value are
  /// left out, as the module leaves out what is null; of a `GET`, the values are the query.
  private JsonNode send(String file, String name, Map<String, ?> path, Map<String, ?> values) {
    Call call =
        PowerShellModule.calls(requireNonNull(module.allFiles().get(file))).stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(path.keySet()).as(name).isEqualTo(call.path().keySet());
    boolean reads = call.method().equals("GET");
    if (!reads) {
      assertThat(fields(call.body())).as(name).containsAll(values.keySet());
    }
    String place = located(call.route(), path) + (reads ? query(values) : "");
    HttpRequest.Builder request = client.request(place).header("Accept", "application/json");
    if (reads) {
      request.GET();
    } else {
      request
          .header("Content-Type", "application/json; charset=utf-8")
          .method(call.method(), body(call, values));
    }
    Answer answer = Client.send(request.build());
    assertThat(answer.status()).as(name + " " + answer.text()).isBetween(200, 299);
    sent.add(name);
    return answer.text().isEmpty() ? MissingNode.getInstance() : answer.json();
  }

  private static String located(String route, Map<String, ?> path) {
    String place = route.substring(1);
    for (var entry : path.entrySet()) {
      place = place.replace("{" + entry.getKey() + "}", segment(entry.getValue().toString()));
    }
    return place;
  }

  private static String query(Map<String, ?> values) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    values.forEach((key, value) -> query.add(key + "=" + segment(value.toString())));
    return query.toString();
  }

  private static BodyPublisher body(Call call, Map<String, ?> values) {
    return call.sendsBody()
        ? BodyPublishers.ofString(
            JsonMapper.shared().writeValueAsString(filled(call.body(), values)))
        : BodyPublishers.ofString("");
  }

  /// A field that is a table of its own is a list of one.
  private static Map<String, Object> filled(Map<String, String> body, Map<String, ?> values) {
    Map<String, Object> filled = new LinkedHashMap<>();
    body.forEach((field, written) -> {
      Map<String, String> inner = PowerShellModule.table(written, "@{");
      if (!inner.isEmpty()) {
        filled.put(field, List.of(filled(inner, values)));
      } else if (values.containsKey(field)) {
        filled.put(field, values.get(field));
      }
    });
    return filled;
  }

  private static Set<String> fields(Map<String, String> body) {
    Set<String> fields = new TreeSet<>();
    body.forEach((field, written) -> {
      Map<String, String> inner = PowerShellModule.table(written, "@{");
      fields.addAll(inner.isEmpty() ? Set.of(field) : fields(inner));
    });
    return fields;
  }
}
