package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.access.Access;
import dev.edj.access.Caller;
import dev.edj.access.Grant;
import dev.edj.access.NewToken;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import dev.edj.dacpac.Packages;
import dev.edj.scope.Narrowing;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// Every route that Operator or Author may use, asked for by somebody who is so in one collection
/// only: of what lies there, and of what lies elsewhere.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NarrowedRoutesTest {

  /// What has no place of its own, and so is declared to be open to whoever has the role anywhere.
  private static final Set<String> SHARED =
      Set.of("POST /contents", "POST /contents/{name}/dacpac", "POST /policies", "POST /schedules");

  /// What is sent; a route that is not here is sent nothing.
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry(
              "POST /jobs",
              """
              {"name": "$new", "steps": [{"content": "$free", "credential": "$free", "target": "$place"}]}
              """),
          Map.entry("PATCH /jobs/{name}", "{\"description\": \"another\"}"),
          Map.entry("POST /contents", "{\"name\": \"$new\", \"text\": \"SELECT 1\"}"),
          Map.entry("POST /contents/{name}/versions", "{\"text\": \"SELECT 2\"}"),
          Map.entry("POST /policies", "{\"name\": \"$new\"}"),
          Map.entry("PATCH /policies/{name}", "{\"maximumAttempts\": 2}"),
          Map.entry("POST /schedules", "{\"name\": \"$new\", \"interval\": \"1 hour\"}"),
          Map.entry("PATCH /schedules/{name}", "{\"interval\": \"2 hours\"}"),
          Map.entry("POST /triggers", "{\"job\": \"$name\", \"schedule\": \"$free\"}"),
          Map.entry("PATCH /triggers/{id}", "{\"enabled\": false}"),
          Map.entry(
              "POST /notices",
              """
              {"name": "$new", "on": ["Failed"], "job": "$name", "webhook": "https://hooks.example.com/a"}
              """),
          Map.entry("PATCH /notices/{name}", "{\"format\": \"Slack\"}"),
          Map.entry(
              "POST /queries",
              """
              {"script": "SELECT 1", "target": "$place", "credential": "$free"}
              """));

  private final TestService service = TestService.shared();
  private final Client owner = service.client();
  private final Access access = Access.of(service.controlDatabase());
  private final String free = "free " + UUID.randomUUID();
  private final String here = "here " + UUID.randomUUID();
  private final String elsewhere = "elsewhere " + UUID.randomUUID();

  @BeforeAll
  void makeWhatIsShared() {
    created(
        owner.post(
            "credentials",
            """
            {"name": "%s", "userName": "sa", "password": "s3cret", "servers": ["*"]}
            """
                .formatted(free)));
    created(owner.post("contents", "{\"name\": \"%s\", \"text\": \"SELECT 1\"}".formatted(free)));
    created(
        owner.post("schedules", "{\"name\": \"%s\", \"interval\": \"1 hour\"}".formatted(free)));
    for (String place : List.of(here, elsewhere)) {
      created(
          owner.post(
              "targets", "{\"kind\": \"CustomCollection\", \"name\": \"%s\"}".formatted(place)));
    }
  }

  @Test
  void whatIsSharedIsWhatIsMeantToBe() {
    assertThat(
            routes().stream()
                .filter(route -> route.narrowing() == Narrowing.SHARED)
                .map(Route::name)
                .collect(Collectors.toSet()))
        .isEqualTo(SHARED);
  }

  @Test
  void anOperatorOfACollectionOperatesThere() {
    String bob = user(new Grant(Role.Operator, here));
    walk(bob, token(bob, null), Role.Operator);
  }

  @Test
  void anAuthorOfACollectionOperatesAndWritesThere() {
    String ann = user(new Grant(Role.Author, here));
    walk(ann, token(ann, null), Role.Author);
  }

  @Test
  void aTokenThatIsNarrowedIsGoodThere() {
    String carol = user(new Grant(Role.Administrator));
    walk(carol, token(carol, Role.Author, here), Role.Author);
  }

  private void walk(String user, String token, Role role) {
    Client client = new Client(owner.url(), token);
    List<String> wrong = new ArrayList<>();
    List<Route> routes = routes().stream().filter(route -> role.includes(route.role())).toList();
    for (Route route : routes) {
      Answer inside = ask(client, route, here);
      // What is not possible at the moment has been let in.
      if (inside.status() >= 300 && inside.status() != 409) {
        wrong.add("%s here: %s".formatted(route.name(), inside.text()));
      }
    }
    int done = events(user);
    for (Route route : routes) {
      if (route.narrowing() != Narrowing.SHARED) {
        Answer outside = ask(client, route, elsewhere);
        if (outside.status() != 403
            || !outside.problem().equals("403 OUTSIDE_COLLECTIONS")
            || !outside.text().contains("in collection '%s' only".formatted(here))
            || !outside.text().contains(elsewhere)) {
          wrong.add("%s elsewhere: %s".formatted(route.name(), outside.text()));
        }
      }
    }
    assertThat(routes).hasSizeGreaterThan(4);
    assertThat(wrong).isEmpty();
    assertThat(events(user)).isEqualTo(done).isGreaterThan(1);
  }

  /// Whatever changes something is in the audit log, and so is what was refused.
  private int events(String user) {
    return service
        .controlDatabase()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM audit_event WHERE actor_name = :user AND action NOT LIKE '%.refuse'")
                .bind("user", user)
                .mapTo(int.class)
                .one());
  }

  private Answer ask(Client client, Route route, String place) {
    String name = "n" + UUID.randomUUID();
    boolean dacpac = route.path().endsWith("/dacpac");
    String path =
        switch (route.narrowing()) {
          case NONE, SHARED, REQUEST -> {
            make(name, place, dacpac);
            yield route.path().replace("{name}", "new " + name);
          }
          case JOB, CONTENT, POLICY, SCHEDULE -> {
            make(name, place, dacpac);
            yield route.path().replace("{name}", name);
          }
          case NOTICE -> {
            make(name, place, dacpac);
            yield route.path().replace("{name}", name).replace("{id}", delivery(name));
          }
          case EXECUTION -> {
            make(name, place, dacpac);
            Answer started = owner.post("jobs/" + name + "/start");
            yield route.path().replace("{id}", started.json().get("id").asString());
          }
          case TRIGGER -> route.path().replace("{id}", String.valueOf(make(name, place, dacpac)));
        };
    if (dacpac) {
      return client.send(
          client
              .request(segments(path))
              .header("Content-Type", "application/octet-stream")
              .POST(BodyPublishers.ofByteArray(Packages.ofNothing().bytes())));
    }
    String body = BODIES.get(route.name());
    return body == null
        ? client.send(
            client.request(segments(path)).method(route.method(), BodyPublishers.noBody()))
        : client.send(
            route.method(),
            segments(path),
            body.replace("$new", "new " + name)
                .replace("$name", name)
                .replace("$free", free)
                .replace("$place", place));
  }

  private static String segments(String path) {
    return path.substring(1).replace(" ", "%20");
  }

  /// A job with a content, a policy and a schedule of its own, all of one name, which works on a
  /// collection; returns its trigger.
  private long make(String name, String place, boolean dacpac) {
    created(
        dacpac
            ? owner.send(
                owner
                    .request("contents/" + name + "/dacpac")
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofByteArray(Packages.ofNothing().bytes())))
            : owner.post("contents", "{\"name\": \"%s\", \"text\": \"SELECT 1\"}".formatted(name)));
    created(owner.post("policies", "{\"name\": \"%s\"}".formatted(name)));
    created(
        owner.post("schedules", "{\"name\": \"%s\", \"interval\": \"1 hour\"}".formatted(name)));
    created(
        owner.post(
            "jobs",
            """
            {"name": "%1$s", "steps": [{"content": "%1$s", "policy": "%1$s", "credential": "%2$s", "target": "%3$s"}]}
            """
                .formatted(name, free, place)));
    Answer trigger =
        owner.post("triggers", "{\"job\": \"%1$s\", \"schedule\": \"%1$s\"}".formatted(name));
    created(trigger);
    return trigger.json().get("id").asLong();
  }

  /// Of a notice about the job, both of its name.
  private String delivery(String job) {
    created(
        owner.post(
            "notices",
            """
            {"name": "%1$s", "on": ["Failed"], "job": "%1$s", "webhook": "https://hooks.example.com/a"}
            """
                .formatted(job)));
    return owner.post("notices/" + job + "/test").json().get("id").asString();
  }

  private static void created(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private String user(Grant grant) {
    return access
        .users()
        .create(new NewUser("narrowed-" + UUID.randomUUID(), null, null, List.of(grant)))
        .name();
  }

  private String token(String user, @Nullable Role role, String... collections) {
    return access
        .tokens()
        .create(Caller.local(), new NewToken("t", user, role, List.of(collections), null))
        .secret();
  }

  /// @param name `POST /jobs`
  private record Route(String method, String path, String name, Role role, Narrowing narrowing) {}

  /// Those that Operator or Author may use.
  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    JsonNode paths = owner.get("/openapi.json").json().get("paths");
    for (var path : paths.properties()) {
      for (var operation : path.getValue().properties()) {
        String role = operation.getValue().path("x-role").asString("");
        if (role.equals(Role.Operator.name()) || role.equals(Role.Author.name())) {
          String method = operation.getKey().toUpperCase(Locale.ROOT);
          String below = path.getKey().substring("/api/v1".length());
          routes.add(
              new Route(
                  method,
                  below,
                  method + " " + below,
                  Role.valueOf(role),
                  Narrowing.valueOf(operation.getValue().get("x-narrowed-by").asString())));
        }
      }
    }
    return routes;
  }
}
