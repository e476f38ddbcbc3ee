package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.access.Access;
import dev.edj.access.Caller;
import dev.edj.access.Grant;
import dev.edj.access.NewToken;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every route of the OpenAPI document is open to the roles that it says, and to nobody else.
class RolesTest {

  private static final String NO_ROLE = "none";

  /// What needs more than the role Reader; reading needs that.
  private static final Map<Role, Set<String>> MORE_THAN_READING =
      Map.of(
          Role.Operator,
          Set.of(
              "POST /jobs/{name}/start",
              "POST /jobs/{name}/stop",
              "POST /executions/{id}/stop",
              "POST /executions/{id}/retry",
              "POST /executions/{id}/approve"),
          Role.Author,
          Set.of(
              "POST /jobs",
              "PATCH /jobs/{name}",
              "DELETE /jobs/{name}",
              "POST /jobs/{name}/enable",
              "POST /jobs/{name}/disable",
              "POST /contents",
              "POST /contents/{name}/dacpac",
              "DELETE /contents/{name}",
              "POST /contents/{name}/versions",
              "POST /contents/{name}/versions/dacpac",
              "POST /policies",
              "PATCH /policies/{name}",
              "DELETE /policies/{name}",
              "POST /schedules",
              "PATCH /schedules/{name}",
              "DELETE /schedules/{name}",
              "POST /triggers",
              "PATCH /triggers/{id}",
              "DELETE /triggers/{id}",
              "POST /queries"),
          Role.Administrator,
          Set.of(
              "POST /encryption-keys/rotate",
              "POST /targets",
              "PATCH /targets/{target}",
              "DELETE /targets/{target}",
              "POST /targets/{target}/children",
              "DELETE /targets/{target}/children/{child}",
              "PUT /targets/{target}/values",
              "POST /credentials",
              "PATCH /credentials/{name}",
              "DELETE /credentials/{name}",
              "POST /executions/purge",
              "POST /nodes/{node}/drain",
              "POST /nodes/{node}/resume",
              "GET /users",
              "POST /users",
              "GET /users/{name}",
              "PATCH /users/{name}",
              "DELETE /users/{name}",
              "PUT /users/{name}/password",
              "PUT /users/{name}/grants/{role}",
              "DELETE /users/{name}/grants/{role}"));

  /// What needs no role: one's own.
  private static final Set<String> OWN =
      Set.of(
          "GET /account",
          "PUT /account/password",
          "POST /sign-out",
          "GET /tokens",
          "POST /tokens",
          "DELETE /tokens/{id}",
          "POST /portal/tickets");

  private static final String SIGN_IN = "POST /sign-in";

  private final TestService service = TestService.shared();
  private final Access access = Access.of(service.controlDatabase());

  @Test
  void theRolesAreThoseThatAreMeant() {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> declared = new TreeMap<>();
    for (Route route : routes()) {
      declared.put(route.name(), route.role());
      expected.put(route.name(), meant(route.name()));
    }
    assertThat(declared).isEqualTo(expected);
  }

  private static String meant(String route) {
    if (OWN.contains(route) || route.equals(SIGN_IN)) {
      return NO_ROLE;
    }
    for (Map.Entry<Role, Set<String>> more : MORE_THAN_READING.entrySet()) {
      if (more.getValue().contains(route)) {
        return more.getKey().name();
      }
    }
    assertThat(route).startsWith("GET ");
    return Role.Reader.name();
  }

  @Test
  void everyRouteIsOpenToItsRolesOnly() {
    List<String> wrong = new ArrayList<>();
    List<Route> routes = routes();
    for (@Nullable Role role : roles()) {
      String user = user(role);
      for (Route route : routes) {
        check(route, user, role, wrong);
      }
    }
    assertThat(routes).hasSizeGreaterThan(80);
    assertThat(wrong).isEmpty();
  }

  private void check(Route route, String user, @Nullable Role role, List<String> wrong) {
    // Of its own for each route: one of them revokes it.
    String token =
        access
            .tokens()
            .create(Caller.local(), new NewToken("t" + UUID.randomUUID(), user, null, null))
            .secret();
    Answer answer = ask(route, token);
    boolean refused = answer.status() == 403 && answer.text().contains("this needs the role");
    boolean entitled =
        route.role().equals(NO_ROLE) || (role != null && role.includes(Role.valueOf(route.role())));
    boolean unknown = answer.status() == 401 && !route.name().equals(SIGN_IN);
    if (refused == entitled || unknown) {
      wrong.add("%s as %s: %s".formatted(route.name(), role, answer.text()));
    }
    if (refused) {
      assertThat(answer.problem()).isEqualTo("403 FORBIDDEN");
      assertThat(answer.text()).contains("this needs the role " + route.role());
    }
  }

  @Test
  void withoutATokenNothingIsOpenButSigningIn() {
    Set<String> open = new TreeSet<>();
    for (Route route : routes()) {
      if (ask(route, null).status() != 401) {
        open.add(route.name());
      }
    }
    // It answers that a body is needed.
    assertThat(open).containsExactly(SIGN_IN);
  }

  @Test
  void whoHasNoRoleDoesNotSeeTheMetricsEither() {
    Answer none = metrics(user(null));
    assertThat(none.problem()).isEqualTo("403 FORBIDDEN");
    assertThat(metrics(user(Role.Reader)).status()).isEqualTo(200);
  }

  private Answer metrics(String user) {
    String token =
        access.tokens().create(Caller.local(), new NewToken("m", user, null, null)).secret();
    return new Client(service.client().url(), token).get("/actuator/prometheus");
  }

  @Test
  void whatSomebodyDoesIsPutDownToThem() {
    String user = user(Role.Author);
    String token =
        access.tokens().create(Caller.local(), new NewToken("ci", user, null, null)).secret();
    Client client = new Client(service.client().url(), token);
    String name = "by " + user;
    service
        .client()
        .post(
            "credentials",
            "{\"name\": \"%s\", \"userName\": \"sa\", \"password\": \"s3cret\", \"servers\": [\"*\"]}"
                .formatted(name));
    service
        .client()
        .post("targets", "{\"kind\": \"CustomCollection\", \"name\": \"%s\"}".formatted(name));
    client.post("contents", "{\"name\": \"%s\", \"text\": \"SELECT 1\"}".formatted(name));
    client.post(
        "jobs",
        """
        {"name": "%1$s", "steps": [{"content": "%1$s", "credential": "%1$s", "target": "%1$s"}]}
        """
            .formatted(name));

    Answer started = client.post("jobs/" + Client.segment(name) + "/start");
    assertThat(started.json().get("createdBy").asString()).isEqualTo(user);
  }

  private String user(@Nullable Role role) {
    String name = "roles-" + UUID.randomUUID();
    return access
        .users()
        .create(new NewUser(name, null, null, role == null ? List.of() : List.of(new Grant(role))))
        .name();
  }

  private static List<@Nullable Role> roles() {
    List<@Nullable Role> roles = new ArrayList<>(List.of(Role.values()));
    roles.addFirst(null);
    return roles;
  }

  /// @param name `GET /jobs/{name}`
  private record Route(String method, String path, String name, String role) {}

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    JsonNode paths = service.client().get("/openapi.json").json().get("paths");
    for (var path : paths.properties()) {
      for (var operation : path.getValue().properties()) {
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        String role = operation.getValue().path("x-role").asString(NO_ROLE);
        routes.add(
            new Route(
                method,
                path.getKey(),
                method + " " + path.getKey().substring("/api/v1".length()),
                role));
      }
    }
    return routes;
  }

  /// Names nothing that is there, and sends nothing: who may come in gets a refusal of another
  /// kind.
  private Answer ask(Route route, @Nullable String token) {
    String concrete = route.path().replace("{role}", "Reader").replaceAll("\\{[^}]*}", "00000000");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.client().url() + concrete))
            .method(route.method(), BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return Client.send(request.build());
  }
}
