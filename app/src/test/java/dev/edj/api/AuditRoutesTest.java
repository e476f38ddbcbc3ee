package dev.edj.api;

import static dev.edj.api.Client.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.Packages;
import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.node.NodeRole;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every route that changes something is in the audit log.
class AuditRoutesTest {

  /// Routes that are not, and why.
  private static final Map<String, String> WITHOUT_EVENT = Map.of();

  private final TestService service = TestService.shared();
  private final Client client = service.client();
  private final String name = "audited " + UUID.randomUUID();
  private final String segment = segment(name);
  private final Set<String> walked = new TreeSet<>();
  private String actorKind = "Local";
  private String actor = "local";

  @Test
  void everyRouteThatChangesSomethingWritesAnEvent() {
    credentialsContentsAndPolicies();
    String target = targets();
    jobs(target);
    schedulesAndTriggers();
    notices();
    executions();
    nodesAndTickets();
    usersAndTokens();
    deletions(target);

    walked.addAll(WITHOUT_EVENT.keySet());
    assertThat(walked).isEqualTo(routes());
  }

  private void credentialsContentsAndPolicies() {
    does(
        "POST /credentials",
        "credential.create",
        () ->
            client.post(
                "credentials",
                """
                {"name": "%s", "userName": "sa", "password": "s3cret", "servers": ["*.example.com"]}
                """
                    .formatted(name)));
    JsonNode changed =
        does(
            "PATCH /credentials/{name}",
            "credential.update",
            () ->
                client.patch(
                    "credentials/" + segment, "{\"userName\": \"sb\", \"password\": \"other\"}"));
    assertThat(changed.at("/before/userName").asString()).isEqualTo("sa");
    assertThat(changed.at("/after/userName").asString()).isEqualTo("sb");
    assertThat(changed.at("/after/passwordSet").asBoolean()).isTrue();
    assertThat(changed.toString()).doesNotContain("s3cret").doesNotContain("other");

    JsonNode content =
        does(
            "POST /contents",
            "content.create",
            () ->
                client.post(
                    "contents", "{\"name\": \"%s\", \"text\": \"SELECT 1\"}".formatted(name)));
    assertThat(content.at("/scripts/0").asString()).hasSize(64);
    JsonNode version =
        does(
            "POST /contents/{name}/versions",
            "content.add-version",
            () -> client.post("contents/" + segment + "/versions", "{\"text\": \"SELECT 2\"}"));
    assertThat(version.at("/object/version").asInt()).isEqualTo(2);
    assertThat(version.at("/scripts/0")).isNotEqualTo(content.at("/scripts/0"));
    assertThat(version.toString()).doesNotContain("SELECT 2");
    String dacpac = "contents/" + segment(name + " dacpac");
    does(
        "POST /contents/{name}/dacpac",
        "content.create",
        name + " dacpac",
        () -> upload(dacpac + "/dacpac"));
    does(
        "POST /contents/{name}/versions/dacpac",
        "content.add-version",
        name + " dacpac",
        () -> upload(dacpac + "/versions/dacpac"));

    does(
        "POST /policies",
        "policy.create",
        () -> client.post("policies", "{\"name\": \"%s\"}".formatted(name)));
    does(
        "PATCH /policies/{name}",
        "policy.update",
        () -> client.patch("policies/" + segment, "{\"maximumAttempts\": 3}"));
  }

  private String targets() {
    String server = "s" + UUID.randomUUID() + ".example.com";
    String target = server + "/*";
    does(
        "POST /targets",
        "target.create",
        target,
        () ->
            client.post("targets", "{\"kind\": \"Server\", \"server\": \"%s\"}".formatted(server)));
    JsonNode changed =
        does(
            "PATCH /targets/{target}",
            "target.update",
            target,
            () ->
                client.patch(
                    "targets/" + segment(target), "{\"settings\": {\"maxConnections\": 5}}"));
    assertThat(changed.at("/after/settings/maxConnections").asInt()).isEqualTo(5);
    JsonNode values =
        does(
            "PUT /targets/{target}/values",
            "target.set-values",
            target,
            () ->
                client.send(
                    "PUT",
                    "targets/" + segment(target) + "/values",
                    """
                    {"server": "%s", "database": "d", "parameters": {"a": "b"}, "secrets": {"c": "s3cret"}}
                    """
                        .formatted(server)));
    assertThat(values.at("/after/parameters/a").asString()).isEqualTo("b");
    assertThat(values.at("/after/secrets/0/name").asString()).isEqualTo("c");
    assertThat(values.toString()).doesNotContain("s3cret").doesNotContain("ciphertext");
    client.post("targets", "{\"kind\": \"CustomCollection\", \"name\": \"%s\"}".formatted(name));
    JsonNode added =
        does(
            "POST /targets/{target}/children",
            "target.add-child",
            () ->
                client.post(
                    "targets/" + segment + "/children", "{\"target\": \"%s\"}".formatted(target)));
    assertThat(added.at("/after/target/name").asString()).isEqualTo(target);
    does(
        "DELETE /targets/{target}/children/{child}",
        "target.remove-child",
        () -> client.delete("targets/" + segment + "/children/" + segment(target)));
    return target;
  }

  private void jobs(String target) {
    JsonNode created =
        does(
            "POST /jobs",
            "job.create",
            () ->
                client.post(
                    "jobs",
                    """
                    {"name": "%s", "secrets": {"p": "s3cret"}, "rollout": {"waves": ["1"], "approval": true},
                     "steps": [{"content": "%s", "credential": "%s", "target": "%s"}]}
                    """
                        .formatted(name, name, name, target)));
    assertThat(created.at("/after/steps/0/credential").asString()).isEqualTo(name);
    assertThat(created.toString()).doesNotContain("s3cret");
    JsonNode changed =
        does(
            "PATCH /jobs/{name}",
            "job.update",
            () -> client.patch("jobs/" + segment, "{\"parameters\": {\"q\": \"1\"}}"));
    assertThat(changed.at("/before/version").asInt()).isEqualTo(1);
    assertThat(changed.at("/object/version").asInt()).isEqualTo(2);
    does("POST /jobs/{name}/disable", "job.update", () -> client.post(job("disable")));
    JsonNode enabled =
        does("POST /jobs/{name}/enable", "job.update", () -> client.post(job("enable")));
    assertThat(enabled.at("/before/enabled").asBoolean()).isFalse();
    assertThat(enabled.at("/after/enabled").asBoolean()).isTrue();
  }

  private void schedulesAndTriggers() {
    does(
        "POST /schedules",
        "schedule.create",
        () ->
            client.post(
                "schedules", "{\"name\": \"%s\", \"interval\": \"15 minutes\"}".formatted(name)));
    does(
        "PATCH /schedules/{name}",
        "schedule.update",
        () -> client.patch("schedules/" + segment, "{\"interval\": \"1 hour\"}"));
    JsonNode trigger =
        does(
            "POST /triggers",
            "trigger.create",
            () ->
                client.post(
                    "triggers", "{\"job\": \"%s\", \"schedule\": \"%s\"}".formatted(name, name)));
    String id = trigger.at("/object/id").asString();
    does(
        "PATCH /triggers/{id}",
        "trigger.update",
        () -> client.patch("triggers/" + id, "{\"enabled\": false}"));
    does("DELETE /triggers/{id}", "trigger.delete", () -> client.delete("triggers/" + id));
    does(
        "DELETE /schedules/{name}", "schedule.delete", () -> client.delete("schedules/" + segment));
  }

  private void notices() {
    JsonNode created =
        does(
            "POST /notices",
            "notice.create",
            () ->
                client.post(
                    "notices",
                    """
                    {"name": "%s", "on": ["Failed"], "job": "%s", "webhook": "https://hooks.example.com/s3cret"}
                    """
                        .formatted(name, name)));
    assertThat(created.at("/after/webhook").asString()).isEqualTo("https://hooks.example.com/…");
    assertThat(created.toString()).doesNotContain("s3cret").doesNotContain("whsec");
    JsonNode changed =
        does(
            "PATCH /notices/{name}",
            "notice.update",
            () ->
                client.patch(
                    "notices/" + segment,
                    "{\"job\": \"\", \"webhook\": \"https://hooks.example.com/0ther\"}"));
    assertThat(changed.at("/before/job").asString()).isEqualTo(name);
    assertThat(changed.at("/after").has("job")).isFalse();
    assertThat(changed.at("/after/webhookSet").asBoolean()).isTrue();
    assertThat(changed.toString()).doesNotContain("0ther");
    JsonNode rotated =
        does(
            "POST /notices/{name}/rotate-key",
            "notice.rotate-key",
            () -> client.post("notices/" + segment + "/rotate-key"));
    assertThat(rotated.toString()).doesNotContain("whsec");
    JsonNode test =
        does(
            "POST /notices/{name}/test",
            "notice.test",
            () -> client.post("notices/" + segment + "/test"));
    String id = test.at("/after/id").asString();
    service
        .controlDatabase()
        .useHandle(handle ->
            handle.execute(
                "UPDATE notice_delivery SET lifecycle = 'Failed', due_at = NULL WHERE delivery_id = ?",
                UUID.fromString(id)));
    does(
        "POST /notices/{name}/deliveries/{id}/resend",
        "notice.resend",
        () -> client.post("notices/" + segment + "/deliveries/" + id + "/resend"));
    does("DELETE /notices/{name}", "notice.delete", () -> client.delete("notices/" + segment));
  }

  private void executions() {
    JsonNode started =
        does(
            "POST /jobs/{name}/start",
            "execution.start",
            () ->
                client.post(
                    job("start"),
                    "{\"parameters\": {\"q\": \"2\"}, \"secrets\": {\"p\": \"s3cret\"}}"));
    assertThat(started.at("/after/jobVersion").asInt()).isEqualTo(2);
    assertThat(started.at("/after/parameters/q").asString()).isEqualTo("2");
    assertThat(started.at("/after/secrets/0").asString()).isEqualTo("p");
    assertThat(started.at("/scripts/0").asString()).hasSize(64);
    assertThat(started.toString()).doesNotContain("s3cret");
    String run = started.at("/execution").asString();
    does(
        "POST /executions/{id}/stop",
        "execution.stop",
        () -> client.post("executions/" + run + "/stop"));
    end(run, "Canceled");
    does(
        "POST /executions/{id}/retry",
        "execution.retry",
        () -> client.post("executions/" + run + "/retry"));
    does("POST /jobs/{name}/stop", "execution.stop", () -> client.post(job("stop")));
    String waiting = waitingForApproval();
    does(
        "POST /executions/{id}/approve",
        "execution.approve",
        () -> client.post("executions/" + waiting + "/approve?wave=2"));
    end(waiting, "Canceled");
    JsonNode purged =
        does(
            "POST /executions/purge",
            "execution.purge",
            () -> client.post("executions/purge?job=" + segment));
    assertThat(purged.at("/before/executions").toString()).contains(waiting);
    String database = "db" + UUID.randomUUID();
    client.post(
        "targets",
        "{\"kind\": \"Database\", \"name\": \"%s\", \"server\": \"sql1.example.com\", \"database\": \"%s\"}"
            .formatted(database, database));
    JsonNode query =
        does(
            "POST /queries",
            "query.start",
            database,
            () ->
                client.post(
                    "queries",
                    """
                    {"script": "SELECT 's3cret'", "target": "%s", "credential": "%s"}
                    """
                        .formatted(database, name)));
    assertThat(query.at("/scripts/0").asString()).hasSize(64);
    assertThat(query.toString()).doesNotContain("s3cret");
  }

  private String waitingForApproval() {
    Answer started = client.post(job("start"), "{\"secrets\": {\"p\": \"s3cret\"}}");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    String run = started.json().get("id").asString();
    service
        .controlDatabase()
        .useHandle(handle ->
            handle.execute(
                """
                UPDATE job_execution
                SET lifecycle = 'WaitingForChildJobExecutions', waves = 2, open_wave = 1, wave_ended_at = now()
                WHERE execution_id = ?
                """,
                UUID.fromString(run)));
    return run;
  }

  private void end(String run, String lifecycle) {
    service
        .controlDatabase()
        .useHandle(handle ->
            handle.execute(
                """
                UPDATE job_execution SET lifecycle = ?, ended_at = now(), followed = true WHERE execution_id = ?
                """,
                lifecycle,
                UUID.fromString(run)));
  }

  private void nodesAndTickets() {
    NodeLease.register(
        service.controlDatabase(),
        new NodeProfile(name, Duration.ofMinutes(1), Set.of(NodeRole.WORKER), Set.of(), "1"));
    does(
        "POST /nodes/{node}/drain", "node.drain", () -> client.post("nodes/" + segment + "/drain"));
    does(
        "POST /nodes/{node}/resume",
        "node.resume",
        () -> client.post("nodes/" + segment + "/resume"));
    does("POST /portal/tickets", "ticket.create", "local", () -> client.post("portal/tickets"));
    does(
        "POST /encryption-keys/rotate",
        "key.rotate",
        "encryption keys",
        () -> {
          // Another test may have asked for one, and while it is under way no other begins.
          service
              .controlDatabase()
              .useHandle(handle ->
                  handle.execute(
                      "UPDATE key_rotation SET ended_at = now() WHERE ended_at IS NULL"));
          return client.post("encryption-keys/rotate");
        });
  }

  private void usersAndTokens() {
    JsonNode created =
        does(
            "POST /users",
            "user.create",
            () ->
                client.post(
                    "users",
                    """
                    {"name": "%s", "password": "horse battery staple", "grants": [{"role": "Reader"}]}
                    """
                        .formatted(name)));
    assertThat(created.at("/after/grants/0/role").asString()).isEqualTo("Reader");
    String user = "users/" + segment;
    JsonNode changed =
        does(
            "PATCH /users/{name}",
            "user.update",
            () -> client.patch(user, "{\"displayName\": \"Ada\"}"));
    assertThat(changed.at("/before/displayName").asString()).isEmpty();
    JsonNode granted =
        does(
            "PUT /users/{name}/grants/{role}",
            "user.grant",
            () -> client.send("PUT", user + "/grants/Operator", ""));
    assertThat(granted.at("/after/grants").toString()).contains("Operator");
    does(
        "DELETE /users/{name}/grants/{role}",
        "user.revoke",
        () -> client.delete(user + "/grants/Operator"));
    does(
        "PUT /users/{name}/password",
        "user.set-password",
        () -> client.send("PUT", user + "/password", "{\"password\": \"another good one\"}"));
    JsonNode token =
        does(
            "POST /tokens",
            "token.create",
            name + "/ci",
            () -> client.post("tokens", "{\"name\": \"ci\", \"user\": \"%s\"}".formatted(name)));
    assertThat(token.toString()).doesNotContain("secret");
    does(
        "DELETE /tokens/{id}",
        "token.revoke",
        name + "/ci",
        () -> client.delete("tokens/" + token.at("/object/id").asString()));
    ownAccount();
    does("DELETE /users/{name}", "user.delete", () -> client.delete(user));
  }

  private void ownAccount() {
    actorKind = "User";
    actor = name;
    Client ada = signIn("another good one");
    does(
        "PUT /account/password",
        "user.set-password",
        () ->
            ada.send(
                "PUT",
                "account/password",
                "{\"current\": \"another good one\", \"password\": \"a third good one\"}"));
    Client again = signIn("a third good one");
    does("POST /sign-out", "session.end", () -> again.post("sign-out"));
    actorKind = "Local";
    actor = "local";
  }

  private Client signIn(String password) {
    AtomicReference<String> secret = new AtomicReference<>("");
    JsonNode event =
        does(
            "POST /sign-in",
            "session.begin",
            () -> {
              Answer answer =
                  client.post(
                      "sign-in",
                      "{\"user\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
              secret.set(answer.json().get("secret").asString());
              return answer;
            });
    assertThat(event.toString()).doesNotContain(password).doesNotContain(secret.get());
    return new Client(client.url(), String.valueOf(secret.get()));
  }

  private void deletions(String target) {
    JsonNode deleted =
        does("DELETE /jobs/{name}", "job.delete", () -> client.delete("jobs/" + segment));
    assertThat(deleted.at("/before/name").asString()).isEqualTo(name);
    String credential = name + " of nobody";
    client.post(
        "credentials",
        "{\"name\": \"%s\", \"userName\": \"sa\", \"password\": \"x\", \"servers\": []}"
            .formatted(credential));
    does(
        "DELETE /credentials/{name}",
        "credential.delete",
        credential,
        () -> client.delete("credentials/" + segment(credential)));
    String dacpac = name + " dacpac";
    does(
        "DELETE /contents/{name}",
        "content.delete",
        dacpac,
        () -> client.delete("contents/" + segment(dacpac)));
    does("DELETE /policies/{name}", "policy.delete", () -> client.delete("policies/" + segment));
    does("DELETE /targets/{target}", "target.delete", () -> client.delete("targets/" + segment));
    assertThat(client.get("targets/" + segment(target)).status()).isEqualTo(200);
  }

  private String job(String order) {
    return "jobs/" + segment + "/" + order;
  }

  private Answer upload(String path) {
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(Packages.with("").bytes())));
  }

  private JsonNode does(String route, String action, Supplier<Answer> request) {
    return does(route, action, name, request);
  }

  /// Returns the event.
  private JsonNode does(String route, String action, String object, Supplier<Answer> request) {
    walked.add(route);
    int before = events(action, object).size();
    Answer answer = request.get();
    assertThat(answer.status()).as(route + " " + answer.text()).isBetween(200, 299);
    JsonNode events = events(action, object);
    assertThat(events.size()).as(route).isGreaterThan(before);
    JsonNode event = events.get(0);
    assertThat(event.at("/actor/kind").asString()).isEqualTo(actorKind);
    assertThat(event.at("/actor/name").asString()).isEqualTo(actor);
    assertThat(event.get("address").asString()).isEqualTo("127.0.0.1");
    assertThat(event.get("time").asString()).endsWith("Z");
    return event;
  }

  private JsonNode events(String action, String object) {
    return client
        .get("audit?limit=1000&action=" + action + "&object=" + segment(object))
        .json()
        .get("items");
  }

  private Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    for (var path : client.get("/openapi.json").json().get("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        if (!method.equals("get")) {
          routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey().replace("/api/v1", ""));
        }
      }
    }
    return routes;
  }

  @Test
  void whatIsRefusedIsNotInTheLog() {
    String policy = "{\"name\": \"%s\"}".formatted(name);
    client.post("policies", policy);
    assertThat(client.post("policies", policy).status()).isEqualTo(409);
    assertThat(client.patch("policies/" + segment, "{\"maximumAttempts\": 0}").status())
        .isEqualTo(400);
    assertThat(client.delete("credentials/" + segment).status()).isEqualTo(404);

    assertThat(client.get("audit?object=" + segment).json().get("items")).hasSize(1);
  }

  @Test
  void theLogIsListedInPagesAndFiltered() {
    client.post("policies", "{\"name\": \"%s\"}".formatted(name));
    client.delete("policies/" + segment);

    JsonNode first = client.get("audit?limit=1&object=" + segment).json();
    assertThat(first.at("/items/0/action").asString()).isEqualTo("policy.delete");
    JsonNode second =
        client
            .get("audit?limit=1&object=" + segment + "&after=" + first.get("next").asString())
            .json();
    assertThat(second.at("/items/0/action").asString()).isEqualTo("policy.create");
    String id = second.at("/items/0/id").asString();
    assertThat(client.get("audit/" + id).json().get("action").asString())
        .isEqualTo("policy.create");
    assertThat(client.get("audit/999999999").problem()).isEqualTo("404 NOT_FOUND");
    assertThat(client.get("audit?kind=nothing").json().get("items")).isEmpty();
    assertThat(client.get("audit?actor=nobody").json().get("items")).isEmpty();
    assertThat(client.get("audit?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z").problem())
        .isEqualTo("400 INVALID_FIELD to");
    assertThat(client.get("audit?limit=0").problem()).isEqualTo("400 INVALID_FIELD limit");
  }

  @Test
  void theLogIsVerifiedAndExported() {
    client.post("policies", "{\"name\": \"%s\"}".formatted(name));
    JsonNode verification = client.get("audit/verification").json();
    assertThat(verification.get("intact").asBoolean()).isTrue();
    assertThat(verification.at("/head/hash").asString()).hasSize(64);
    assertThat(client.get("audit/verification?expectHead=x").problem())
        .isEqualTo("400 INVALID_FIELD expectHead");
    assertThat(
            client
                .get("audit/verification?expectHead=999999999:" + "0".repeat(64))
                .json()
                .get("intact")
                .asBoolean())
        .isFalse();

    Answer export = client.get("audit/export");
    assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(export.text().lines().count())
        .isGreaterThanOrEqualTo(verification.at("/head/number").asLong());
    assertThat(client.get("audit/export?after=-1").problem()).isEqualTo("400 INVALID_FIELD after");
  }
}
