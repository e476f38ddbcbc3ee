package dev.edj.api;

import static dev.edj.api.Client.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.node.NodeRole;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every route does what its operation does.
class RoutesTest {

  private final TestService service = TestService.shared();
  private final Client client = service.client();
  private final String name = "routes " + UUID.randomUUID();
  private final String segment = segment(name);

  @Test
  void theServiceSaysItsVersionAndItsControlDatabase() {
    Answer answer = client.get("service");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("version").asString()).isEqualTo("development");
    assertThat(answer.json().get("startedAt").asString()).endsWith("Z");
    assertThat(answer.json().at("/controlDatabase/available").asBoolean()).isTrue();
    assertThat(answer.json().at("/controlDatabase/embedded").asBoolean()).isFalse();
  }

  @Test
  void theEncryptionKeyIsPublic() {
    JsonNode key = client.get("encryption-key").json();

    assertThat(key.get("keyId").asString()).isNotEmpty();
    assertThat(key.get("publicKeyset").asString()).contains("PublicKey");
  }

  @Test
  void aCredentialIsCreatedChangedShownAndDeleted() {
    Answer created = createCredential();
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/api/v1/credentials/" + segment);
    assertThat(created.text()).doesNotContain("s3cret");

    JsonNode changed =
        client.patch("credentials/" + segment, "{\"userName\": \"somebody else\"}").json();
    assertThat(changed.get("userName").asString()).isEqualTo("somebody else");
    assertThat(client.get("credentials/" + segment).json()).isEqualTo(changed);
    assertThat(client.get("credentials").json()).contains(changed);

    assertThat(client.delete("credentials/" + segment).status()).isEqualTo(204);
    assertThat(client.get("credentials/" + segment).problem()).isEqualTo("404 NOT_FOUND");
  }

  @Test
  void aContentGetsVersions() {
    Answer created = createContent();
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/api/v1/contents/" + segment);

    Answer added = client.post("contents/" + segment + "/versions", "{\"text\": \"SELECT 2\"}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.header("Location")).isEqualTo("/api/v1/contents/" + segment + "/versions/2");

    assertThat(text("1")).isEqualTo("SELECT 1");
    assertThat(text("2")).isEqualTo("SELECT 2");
    assertThat(text("latest")).isEqualTo("SELECT 2");
    assertThat(client.get("contents/" + segment + "/versions").json()).hasSize(2);
    assertThat(client.get("contents/" + segment).json().get("latestVersion").asInt()).isEqualTo(2);
    assertThat(client.get("contents").json()).contains(client.get("contents/" + segment).json());

    assertThat(client.delete("contents/" + segment).status()).isEqualTo(204);
    assertThat(client.get("contents/" + segment).status()).isEqualTo(404);
  }

  private String text(String version) {
    return client.get("contents/" + segment + "/versions/" + version).json().get("text").asString();
  }

  @Test
  void aScheduleIsCreatedPreviewedChangedShownAndDeleted() {
    Answer created =
        client.post(
            "schedules",
            """
            {"name": "%s", "interval": "15 minutes", "zone": "Europe/Brussels", "windowFrom": "01:00",
             "windowTo": "07:00"}
            """
                .formatted(name));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/api/v1/schedules/" + segment);
    assertThat(created.json().get("interval").asString()).isEqualTo("Minutes: 15");
    assertThat(client.get("schedules/" + segment + "/next?count=3").json()).hasSize(3);
    assertThat(client.get("schedules/" + segment + "/next?count=0").problem())
        .isEqualTo("400 INVALID_FIELD count");

    JsonNode changed =
        client
            .patch(
                "schedules/" + segment,
                """
                {"times": "22:00", "windowFrom": "", "windowTo": ""}
                """)
            .json();
    assertThat(changed.get("text").asString()).isEqualTo("every day at 22:00 Europe/Brussels");
    assertThat(client.get("schedules").json().findValuesAsString("name")).contains(name);

    assertThat(client.delete("schedules/" + segment).status()).isEqualTo(204);
    assertThat(client.get("schedules/" + segment).problem()).isEqualTo("404 NOT_FOUND");
  }

  @Test
  void aPolicyIsCreatedChangedShownAndDeleted() {
    Answer created =
        client.post(
            "policies",
            """
            {"name": "%s", "maximumAttempts": 3, "retry": "transient", "attemptTimeout": "PT30S",
             "destinationFailure": "WriteOnly"}
            """
                .formatted(name));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/api/v1/policies/" + segment);
    assertThat(created.json().get("retry").asString()).isEqualTo("transient");
    assertThat(created.json().get("attemptTimeout").asString()).isEqualTo("PT30S");
    assertThat(created.json().get("initialRetryInterval").asString()).isEqualTo("PT0.1S");
    assertThat(created.json().get("destinationFailure").asString()).isEqualTo("WriteOnly");

    JsonNode changed =
        client.patch("policies/" + segment, "{\"maximumRetryInterval\": \"PT5M\"}").json();
    assertThat(changed.get("maximumRetryInterval").asString()).isEqualTo("PT5M");
    assertThat(client.get("policies/" + segment).json()).isEqualTo(changed);
    assertThat(client.get("policies").json()).contains(changed);
    assertThat(client.get("policies").text()).contains("Default execution policy");

    assertThat(client.delete("policies/" + segment).status()).isEqualTo(204);
    assertThat(client.get("policies/" + segment).status()).isEqualTo(404);
  }

  @Test
  void aTargetIsCreatedFoundChangedAndDeleted() {
    String database = "db" + UUID.randomUUID();
    Answer created = createDatabase(database);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location"))
        .isEqualTo("/api/v1/targets/" + segment("sql1.example.com/" + database));

    JsonNode target = created.json();
    String id = target.get("id").asString();
    assertThat(client.get("targets/" + id).json()).isEqualTo(target);
    assertThat(client.get("targets?kind=Database&database=" + database).json())
        .containsExactly(target);
    assertThat(client.get("targets?server=sql1.example.com&database=" + database).json())
        .containsExactly(target);

    JsonNode renamed = client.patch("targets/" + id, "{\"name\": \"%s\"}".formatted(name)).json();
    assertThat(renamed.get("name").asString()).isEqualTo(name);
    assertThat(client.get("targets?name=" + segment).json()).containsExactly(renamed);

    assertThat(client.get("targets/" + segment + "/databases").json().get("databases")).hasSize(1);
    assertThat(client.get("targets/" + segment + "/server").problem())
        .isEqualTo("400 INVALID_FIELD credential");

    assertThat(client.delete("targets/" + segment).status()).isEqualTo(204);
    assertThat(client.get("targets/" + id).status()).isEqualTo(404);
  }

  @Test
  void aCollectionHasChildren() {
    String database = "db" + UUID.randomUUID();
    String child = createDatabase(database).json().get("name").asString();
    client.post("targets", "{\"kind\": \"CustomCollection\", \"name\": \"%s\"}".formatted(name));

    String children = "targets/" + segment + "/children";
    assertThat(client.post(children, "{\"target\": \"%s\"}".formatted(child)).status())
        .isEqualTo(204);
    assertThat(client.get(children).json()).hasSize(1);
    assertThat(client.get(children).json().at("/0/membership").asString()).isEqualTo("Include");
    assertThat(client.get(children).json().at("/0/target/name").asString()).isEqualTo(child);

    client.post(children, "{\"target\": \"%s\", \"membership\": \"Exclude\"}".formatted(child));
    assertThat(client.get(children).json().at("/0/membership").asString()).isEqualTo("Exclude");

    assertThat(client.delete(children + "/" + segment(child)).status()).isEqualTo(204);
    assertThat(client.get(children).json()).isEmpty();
  }

  @Test
  void aJobIsCreatedChangedDisabledAndDeleted() {
    Answer created = createJob();
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/api/v1/jobs/" + segment);

    JsonNode changed = client.patch("jobs/" + segment, "{\"description\": \"Nightly\"}").json();
    assertThat(changed.get("description").asString()).isEqualTo("Nightly");
    assertThat(client.get("jobs/" + segment).json()).isEqualTo(changed);
    assertThat(client.get("jobs").json()).contains(changed);

    assertThat(client.post("jobs/" + segment + "/disable").json().get("enabled").asBoolean())
        .isFalse();
    assertThat(client.post("jobs/" + segment + "/start").problem()).isEqualTo("409 JOB_DISABLED");
    assertThat(client.post("jobs/" + segment + "/enable").json().get("enabled").asBoolean())
        .isTrue();

    assertThat(client.delete("jobs/" + segment + "?force=true").status()).isEqualTo(202);
    assertThat(client.post("jobs/" + segment + "/start").status()).isIn(404, 409);
  }

  @Test
  void aStepsRowsAreSentWhereItsDestinationIs() {
    createJob();
    JsonNode kept = client.get("jobs/" + segment).json().at("/steps/0");
    assertThat(kept.get("results").asString()).isEqualTo("Keep");
    assertThat(kept.get("destination").isNull()).isTrue();

    String destination =
        """
        {"server": "SQL9.example.com", "database": "telemetry", "table": "sizes", "credential": "%s"}
        """
            .formatted(name);
    JsonNode sent = client.patch("jobs/" + segment, steps(destination)).json().at("/steps/0");
    assertThat(sent.get("results").asString()).isEqualTo("Send");
    assertThat(sent.get("destination"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"server": "sql9.example.com", "database": "telemetry", "schema": null, "table": "sizes",
                     "credential": "%s", "schemaDrift": "Fail", "sourceColumns": false}
                    """
                        .formatted(name)));
    String id = client.post("jobs/" + segment + "/start").json().get("id").asString();

    JsonNode nowhere = client.patch("jobs/" + segment, steps("null")).json().at("/steps/0");
    assertThat(nowhere).isEqualTo(kept);
    JsonNode execution = client.get("executions/" + id).json();
    assertThat(execution.get("results").asString()).isEqualTo("Send");
    assertThat(execution.get("destination")).isEqualTo(sent.get("destination"));
  }

  @Test
  void aDestinationThatCannotBeIsRefusedWithItsField() {
    createJob();
    String rest = ", \"credential\": \"%s\"}".formatted(name);
    assertThat(changed("{\"server\": \"s\", \"database\": \"d\"" + rest))
        .isEqualTo("400 INVALID_FIELD steps[0].destination.table");
    assertThat(
            changed(
                "{\"server\": \"s\", \"database\": \"d\", \"table\": \"t\", \"tables\": \"d\""
                    + rest))
        .isEqualTo("400 INVALID_FIELD steps[0].destination.tables");
    String table = "{\"database\": \"d\", \"table\": \"t\", \"server\": ";
    assertThat(changed(table + "\"s\", \"schemaDrift\": \"add\"" + rest))
        .isEqualTo("400 INVALID_FIELD steps[0].destination.schemaDrift");
    assertThat(changed(table + "\"s\", \"sourceColumns\": \"yes\"" + rest))
        .isEqualTo("400 INVALID_FIELD steps[0].destination.sourceColumns");
    assertThat(changed(table + "\"a b\"" + rest)).isEqualTo("400 INVALID_FIELD destination.server");
    assertThat(changed(table + "\"elsewhere.example.org\"" + rest))
        .isEqualTo("409 SERVER_NOT_ALLOWED destination.credential");
    assertThat(changed("null, \"results\": \"Sent\""))
        .isEqualTo("400 INVALID_FIELD steps[0].results");
    assertThat(changed("null, \"results\": \"Send\"")).isEqualTo("400 INVALID_FIELD destination");
  }

  private String changed(String destination) {
    return client.patch("jobs/" + segment, steps(destination)).problem();
  }

  private String steps(String destination) {
    return """
    {"steps": [{"content": "%s", "credential": "%s", "target": "sql1.example.com/%s", "destination": %s}]}
    """
        .formatted(name, name, name, destination);
  }

  @Test
  void anExecutionIsStartedListedAwaitedAndStopped() {
    createJob();

    Answer started = client.post("jobs/" + segment + "/start");
    assertThat(started.status()).isEqualTo(202);
    String id = started.json().get("id").asString();
    assertThat(started.header("Location")).isEqualTo("/api/v1/executions/" + id);
    assertThat(started.json().get("createdBy").asString()).isEqualTo("local");

    assertThat(client.get("executions/" + id).json().get("job").asString()).isEqualTo(name);
    assertThat(client.get("executions?job=" + segment).json().get("items")).hasSize(1);
    assertThat(client.get("executions?job=" + segment + "&lifecycle=Failed").json().get("items"))
        .isEmpty();
    assertThat(client.get("executions/" + id + "/children").json().get("items")).isEmpty();
    assertThat(client.get("executions/" + id + "/tasks").json()).isEmpty();
    assertThat(client.get("executions/wait?id=" + id + "&timeoutSeconds=0").json()).hasSize(1);

    assertThat(client.post("executions/" + id + "/stop").status()).isEqualTo(202);
    assertThat(client.post("jobs/" + segment + "/stop").status()).isEqualTo(202);
  }

  @Test
  void anExecutionHasThePurposeItIsStartedFor() {
    createJob();
    String start = "jobs/" + segment + "/start";
    assertThat(client.post(start).json().get("purpose").asString()).isEqualTo("Run");
    assertThat(client.post(start, "{\"purpose\": \"Trial\"}").json().get("purpose").asString())
        .isEqualTo("Trial");
    String check = client.post(start, "{\"purpose\": \"Check\"}").json().get("id").asString();
    assertThat(client.post(start, "{\"purpose\": \"Try\"}").problem()).startsWith("400 ");

    String listed = "executions?includeInactive=true&job=" + segment;
    assertThat(client.get(listed).json().get("items")).hasSize(3);
    assertThat(client.get(listed + "&purpose=Check").json().at("/items").findValuesAsString("id"))
        .containsExactly(check);
  }

  @Test
  void aQueryIsAnExecutionWithoutAJob() {
    createCredential();
    String target = createDatabase(name).json().get("name").asString();
    String query = "{\"script\": \"SELECT 1\", \"target\": \"%s\", \"credential\": \"%s\"}";
    Answer started = client.post("queries", query.formatted(target, name));
    assertThat(started.status()).isEqualTo(202);
    String id = started.json().get("id").asString();
    assertThat(started.header("Location")).isEqualTo("/api/v1/executions/" + id);
    assertThat(started.json().get("purpose").asString()).isEqualTo("Query");
    assertThat(started.json().get("createdBy").asString()).isEqualTo("local");
    assertThat(client.get("executions?purpose=Query").json().at("/items").findValuesAsString("id"))
        .contains(id);
    assertThat(client.get("jobs").text()).doesNotContain(id);
    assertThat(client.get("contents").text()).doesNotContain(id);
    assertThat(client.get("jobs/query-" + id).problem()).isEqualTo("404 NOT_FOUND");
    assertThat(client.post("executions/" + id + "/stop").status()).isEqualTo(202);

    assertThat(client.post("queries", query.formatted("nowhere", name)).problem())
        .isEqualTo("400 INVALID_FIELD target");
    assertThat(client.post("queries", "{\"target\": \"x\"}").problem())
        .isEqualTo("400 INVALID_FIELD script");
    Answer limited =
        client.post(
            "queries",
            """
            {"script": "SELECT 1", "target": "%s", "timeout": "PT0S"}
            """
                .formatted(target));
    assertThat(limited.problem()).isEqualTo("400 INVALID_FIELD timeout");
  }

  @Test
  void executionsComeInPagesNewestFirst() {
    createJob();
    for (int i = 0; i < 3; i++) {
      client.post("jobs/" + segment + "/start");
    }

    String route = "executions?includeInactive=true&limit=2&job=" + segment;
    JsonNode first = client.get(route).json();
    JsonNode second = client.get(route + "&after=" + first.get("next").asString()).json();

    assertThat(first.get("items")).hasSize(2);
    assertThat(second.get("items")).hasSize(1);
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(first.at("/items/0/createdAt").asString())
        .isGreaterThan(second.at("/items/0/createdAt").asString());
  }

  @Test
  void endedExecutionsArePurgedByJobAndTime() {
    createJob();
    String id = client.post("jobs/" + segment + "/start").json().get("id").asString();
    assertThat(client.post("executions/purge").problem()).isEqualTo("400 INVALID_FIELD before");
    assertThat(client.post("executions/purge?job=none").problem()).isEqualTo("404 NOT_FOUND");

    Answer active = client.post("executions/purge?job=" + segment);
    assertThat(active.status()).isEqualTo(200);
    assertThat(active.json().get("removed").asInt()).isZero();
    assertThat(client.get("executions/" + id).status()).isEqualTo(200);

    service
        .controlDatabase()
        .useHandle(handle ->
            handle.execute(
                """
                UPDATE job_execution SET lifecycle = 'Failed', ended_at = now(), followed = true WHERE execution_id = ?
                """,
                UUID.fromString(id)));
    String early = "executions/purge?before=2026-01-01T00:00:00Z&job=" + segment;
    assertThat(client.post(early).json().get("removed").asInt()).isZero();
    Answer purged = client.post("executions/purge?job=" + segment);
    assertThat(purged.json().get("removed").asInt()).isEqualTo(1);
    assertThat(purged.json().get("more").asBoolean()).isFalse();
    assertThat(client.get("executions/" + id).problem()).isEqualTo("404 NOT_FOUND");
  }

  @Test
  void alsoAnAnswerWithoutABodyHasTheHeadersOfAll() {
    createJob();
    String id = client.post("jobs/" + segment + "/start").json().get("id").asString();
    insertTask(UUID.fromString(id));
    service
        .controlDatabase()
        .useHandle(handle ->
            handle.execute("DELETE FROM task_log WHERE execution_id = ?", UUID.fromString(id)));

    Answer log = client.get("tasks/" + id + ".1/log");
    assertThat(log.status()).isEqualTo(200);
    assertThat(log.text()).isEmpty();
    assertThat(log.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void aTaskHasBatchesAndALog() {
    createJob();
    String id = client.post("jobs/" + segment + "/start").json().get("id").asString();
    insertTask(UUID.fromString(id));

    String task = client.get("executions/" + id + "/tasks").json().at("/0/id").asString();
    assertThat(client.get("tasks/" + task).json().get("message").asString()).isEqualTo("broken");
    assertThat(client.get("tasks/" + task + "/batches").json()).hasSize(1);

    Answer log = client.get("tasks/" + task + "/log");
    assertThat(log.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
    assertThat(log.text()).isEqualTo("(1 row affected) é\n");
    Answer json =
        client.send(client.request("tasks/" + task + "/log").header("Accept", "application/json"));
    assertThat(json.json().get("text").asString()).isEqualTo("(1 row affected) é\n");
  }

  @Test
  void nodesAreListedShownDrainedAndResumed() {
    long id = NodeLease.register(service.controlDatabase(), profile(name)).nodeId();

    JsonNode shown = client.get("nodes/" + id).json();
    assertThat(shown.get("name").asString()).isEqualTo(name);
    assertThat(shown.get("lifecycle").asString()).isEqualTo("Active");
    assertThat(shown.get("roles")).extracting(JsonNode::asString).containsExactly("worker");
    assertThat(shown.get("labels")).extracting(JsonNode::asString).containsExactly("zone=eu");
    assertThat(shown.get("lease").asString()).isEqualTo("PT1M");
    assertThat(shown.get("children")).isEmpty();
    assertThat(client.get("nodes/" + segment).json()).isEqualTo(shown);
    assertThat(client.get("nodes").json()).extracting(n -> n.get("id").asLong()).contains(id);

    Answer drained = client.post("nodes/" + segment + "/drain");
    assertThat(drained.status()).isEqualTo(202);
    assertThat(drained.json().get("lifecycle").asString()).isEqualTo("Draining");
    assertThat(client.post("nodes/" + id + "/resume").json().get("lifecycle").asString())
        .isEqualTo("Active");

    service
        .controlDatabase()
        .useHandle(
            handle -> handle.execute("UPDATE node SET stopped_at = now() WHERE node_id = ?", id));
    assertThat(client.post("nodes/" + id + "/drain").problem()).isEqualTo("409 NODE_GONE");
    assertThat(client.get("nodes/nobody").problem()).isEqualTo("404 NOT_FOUND");
    assertThat(client.get("nodes?includeInactive=true").json())
        .extracting(n -> n.get("id").asLong())
        .contains(id);
  }

  private static NodeProfile profile(String name) {
    return new NodeProfile(
        name, Duration.ofMinutes(1), Set.of(NodeRole.WORKER), Set.of("zone=eu"), "1");
  }

  @Test
  void aServerRequiresLabelsOfNodes() {
    String server = "s" + UUID.randomUUID() + ".example.com";
    Answer created =
        client.post(
            "targets",
            """
            {"kind": "Server", "server": "%s", "settings": {"requiredLabels": {"zone": "eu", "a": "b"}}}
            """
                .formatted(server));
    assertThat(created.json().at("/settings/requiredLabels").toString())
        .isEqualTo("{\"a\":\"b\",\"zone\":\"eu\"}");
    String target = "targets/" + created.json().get("id").asString();

    JsonNode changed = client.patch(target, "{\"settings\": {\"maxConnections\": 5}}").json();
    assertThat(changed.at("/settings/requiredLabels")).hasSize(2);
    Answer refused =
        client.patch(target, "{\"settings\": {\"requiredLabels\": {\"zone\": \"e u\"}}}");
    assertThat(refused.problem()).isEqualTo("400 INVALID_FIELD requiredLabels");
    JsonNode cleared = client.patch(target, "{\"settings\": {\"requiredLabels\": {}}}").json();
    assertThat(cleared.at("/settings/requiredLabels")).isEmpty();
  }

  private void insertTask(UUID execution) {
    service
        .controlDatabase()
        .useHandle(handle ->
            handle.execute(
                """
                WITH task AS (
                  INSERT INTO task_execution
                    (execution_id, task_number, type, lifecycle, created_at, message)
                  VALUES (?, 1, 'ScriptSplit', 'Failed', now(), 'broken')
                  RETURNING execution_id),
                batch AS (
                  INSERT INTO batch_execution
                    (execution_id, task_number, batch_number, lifecycle)
                  SELECT execution_id, 1, 1, 'Failed' FROM task)
                INSERT INTO task_log (execution_id, task_number, piece, text)
                SELECT execution_id, 1, 1, E'(1 row affected) \\u00e9\\n' FROM task
                """,
                execution));
  }

  private Answer createCredential() {
    return client.post(
        "credentials",
        """
        {"name": "%s", "userName": "sa", "password": "s3cret", "servers": ["*.example.com"]}
        """
            .formatted(name));
  }

  private Answer createContent() {
    return client.post("contents", "{\"name\": \"%s\", \"text\": \"SELECT 1\"}".formatted(name));
  }

  private Answer createDatabase(String database) {
    return client.post(
        "targets",
        "{\"kind\": \"Database\", \"server\": \"sql1.example.com\", \"database\": \"%s\"}"
            .formatted(database));
  }

  private Answer createJob() {
    createCredential();
    createContent();
    String target = createDatabase(name).json().get("name").asString();
    return client.post(
        "jobs",
        """
        {"name": "%s", "steps": [{"content": "%s", "credential": "%s", "target": "%s"}]}
        """
            .formatted(name, name, name, target));
  }
}
