package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.access.Access;
import dev.edj.access.Caller;
import dev.edj.access.Grant;
import dev.edj.access.NewToken;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every route of the OpenAPI document is open to the roles that it says, and to nobody else.
class RolesTest {

  private static final String NO_ROLE = "none";

  /// `| `Operator` | job | `POST /jobs/{name}/start` … |`, and `none` for what is one's own.
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `?(\\w+)`? \\| (\\S+) \\| ((?:`[A-Z]+ /[^`]*` ?)+)\\|$", Pattern.MULTILINE);

  private static final Pattern DOCUMENTED = Pattern.compile("`([A-Z]+ /[^`]*)`");

  private static final String NOT_NARROWED = "–";

  private static final String SIGN_IN = "POST /sign-in";
  private static final Set<String> OPEN = Set.of(SIGN_IN, "GET /sign-in/provider");

  private final TestService service = TestService.shared();
  private final Access access = Access.of(service.controlDatabase());

  @Test
  void theRolesAreThoseThatAreDocumented() throws IOException {
    Map<String, String> documented = documented();
    Map<String, String> declared = new TreeMap<>();
    Map<String, String> meant = new TreeMap<>();
    for (Route route : routes()) {
      declared.put(route.name(), route.role() + " " + route.narrowedBy());
      String row = documented.get(route.name());
      meant.put(route.name(), row == null ? otherwise(route.name()) : row);
    }
    assertThat(declared).isEqualTo(meant).containsKeys(documented.keySet().toArray(String[]::new));
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    String page = Files.readString(Path.of("../docs/reference/access.md"));
    for (MatchResult row : ROW.matcher(page).results().toList()) {
      for (MatchResult route : DOCUMENTED.matcher(row.group(3)).results().toList()) {
        documented.put(route.group(1), row.group(1) + " " + row.group(2));
      }
    }
    assertThat(documented).hasSizeGreaterThan(40);
    return documented;
  }

  private static String otherwise(String route) {
    if (OPEN.contains(route)) {
      return NO_ROLE + " " + NOT_NARROWED;
    }
    assertThat(route).startsWith("GET ");
    return Role.Reader + " " + NOT_NARROWED;
  }

  @Test
  void thePageSaysOfEachRoleWhatItMay() throws IOException {
    List<String> named =
        Files.readAllLines(Path.of("../docs/reference/access.md")).stream()
            .dropWhile(line -> !line.equals("| role | may |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertThat(named).isEqualTo(Arrays.stream(Role.values()).map(Role::name).toList());
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
    // It answers that a body is needed; which provider there is says where else one can.
    assertThat(open).containsExactly("GET /sign-in/provider", SIGN_IN);
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
  private record Route(String method, String path, String name, String role, String narrowedBy) {}

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
                role,
                operation
                    .getValue()
                    .path("x-narrowed-by")
                    .asString(NOT_NARROWED)
                    .toLowerCase(Locale.ROOT)));
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
