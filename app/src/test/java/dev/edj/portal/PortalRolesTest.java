package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.access.Access;
import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Grant;
import dev.edj.access.NewToken;
import dev.edj.access.NewUser;
import dev.edj.access.Permission;
import dev.edj.access.Role;
import dev.edj.access.UserChange;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/// Every page and every form is open to the roles that it is declared for, and to nobody else.
class PortalRolesTest {

  private static final Pattern TOKEN =
      Pattern.compile("name=\"edj-form-token\" content=\"([^\"]+)\"");

  private final PortalService service = PortalService.shared();
  private final Access access = service.wiring().access();
  private final HttpClient http = HttpClient.newHttpClient();

  private record Route(RequestMethod method, String path, Permission permission) {}

  @Test
  void whatChangesSomethingNeedsMoreThanReading() throws Exception {
    List<Route> forms =
        routes().stream()
            .filter(route -> route.method() != RequestMethod.GET)
            .filter(route -> route.permission() == Permission.READ)
            .toList();
    assertThat(forms).isEmpty();
    assertThat(permission(RequestMethod.POST, "/jobs/{name}/start")).isEqualTo(Permission.RUN);
    assertThat(permission(RequestMethod.POST, "/executions/{id}/stop")).isEqualTo(Permission.RUN);
    assertThat(permission(RequestMethod.GET, "/jobs/new")).isEqualTo(Permission.WRITE);
    assertThat(permission(RequestMethod.POST, "/query")).isEqualTo(Permission.WRITE);
    assertThat(permission(RequestMethod.POST, "/targets/new")).isEqualTo(Permission.ADMINISTER);
    assertThat(permission(RequestMethod.POST, "/credentials/new")).isEqualTo(Permission.ADMINISTER);
    assertThat(permission(RequestMethod.POST, "/nodes/{node}/drain"))
        .isEqualTo(Permission.ADMINISTER);
    assertThat(routes())
        .filteredOn(route -> route.permission() == Permission.ANYONE)
        .extracting(Route::path)
        .allMatch(path -> path.matches("/(sign-in(/provider(/.*)?)?|sign-out|theme|assets/.*)"));
  }

  private Permission permission(RequestMethod method, String path) throws Exception {
    return routes().stream()
        .filter(route -> route.method() == method && route.path().equals(path))
        .map(Route::permission)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyPageIsOpenToItsRolesOnly() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<Route> routes =
        routes().stream().filter(route -> route.permission() != Permission.ANYONE).toList();
    for (@Nullable Role role : roles()) {
      String session = session(user(role));
      String token = formToken(session);
      for (Route route : routes) {
        check(route, session, token, role, wrong);
      }
    }
    assertThat(routes).hasSizeGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  private void check(
      Route route, String session, String token, @Nullable Role role, List<String> wrong)
      throws Exception {
    boolean entitled =
        route.permission().role().map(needed -> role != null && role.includes(needed)).orElse(true);
    try (HttpResponseBody answer = ask(route, session, token)) {
      String text = answer.status() == 403 ? answer.text() : "";
      boolean refused = text.contains("this needs the role");
      if (refused == entitled) {
        wrong.add("%s %s as %s: %d".formatted(route.method(), route.path(), role, answer.status()));
      }
      if (refused) {
        assertThat(text).contains("this needs the role " + route.permission().role().orElseThrow());
      }
    }
  }

  @Test
  void aSessionEndsWhenItsUserMayNotComeInAnyMore() throws Exception {
    String user = user(Role.Reader);
    String session = session(user);
    assertThat(status("/jobs", session)).isEqualTo(200);

    access.users().grant(user, new Grant(Role.Operator));
    assertThat(status("/jobs", session)).isEqualTo(303);
    String again = session(user);
    access.users().setPassword(user, "another password");
    assertThat(status("/jobs", again)).isEqualTo(303);
    String third = session(user);
    access.users().update(user, new UserChange(null, false));
    assertThat(status("/jobs", third)).isEqualTo(303);
  }

  @Test
  void aSessionByATokenMayDoNoMoreThanTheTokenAndEndsWithIt() throws Exception {
    String user = user(Role.Administrator);
    Caller.Bearer bearer = bearer(user, Role.Reader);
    String session = session(bearer);
    assertThat(status("/jobs", session)).isEqualTo(200);
    assertThat(status("/jobs/new", session)).isEqualTo(403);

    access.tokens().revoke(Caller.local(), bearer.tokenId());
    assertThat(status("/jobs", session)).isEqualTo(303);
  }

  @Test
  void aLinkOfSomebodyWhoMayNotComeInAnyMoreIsWorthless() throws Exception {
    String user = user(Role.Reader);
    String path = service.wiring().tickets().create(bearer(user, null)).path();
    access.users().update(user, new UserChange(null, false));
    assertThat(status(path, "")).isEqualTo(401);
  }

  private String user(@Nullable Role role) {
    String name = "portal-" + UUID.randomUUID();
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

  private Caller.Bearer bearer(String user, @Nullable Role role) {
    NewToken token = new NewToken("t" + UUID.randomUUID(), user, role, null);
    String secret = access.tokens().create(Caller.local(), token).secret();
    return (Caller.Bearer) access.callers().bearer(secret).orElseThrow();
  }

  private String session(String user) throws Exception {
    return session(bearer(user, null));
  }

  /// The cookie of a new session.
  private String session(Caller caller) throws Exception {
    String path = service.wiring().tickets().create(caller).path();
    try (HttpResponseBody answer = send(request(path, ""))) {
      return answer.response().headers().allValues("Set-Cookie").stream()
          .filter(cookie -> cookie.startsWith("edj-session"))
          .findFirst()
          .orElseThrow()
          .replaceFirst(";.*", "");
    }
  }

  private String formToken(String session) throws Exception {
    try (HttpResponseBody page = send(request("/nothing", session))) {
      Matcher token = TOKEN.matcher(page.text());
      assertThat(token.find()).isTrue();
      return token.group(1);
    }
  }

  private int status(String path, String session) throws Exception {
    try (HttpResponseBody answer = send(request(path, session))) {
      return answer.status();
    }
  }

  /// Names nothing that is there, and fills in nothing.
  private HttpResponseBody ask(Route route, String session, String token) throws Exception {
    HttpRequest.Builder request = request(concrete(route.path()), session);
    if (route.method() == RequestMethod.POST) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(
              BodyPublishers.ofString("_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
    }
    return send(request);
  }

  private static String concrete(String path) {
    return path.replace("{id}", path.startsWith("/triggers") ? "0" : UUID.randomUUID().toString())
        .replace("{membership}", "Include")
        .replaceAll("\\{[^}]*}", "00000000");
  }

  private HttpRequest.Builder request(String path, String session) {
    return HttpRequest.newBuilder(service.url(path)).header("Cookie", session);
  }

  private HttpResponseBody send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return new HttpResponseBody(http.send(request.build(), BodyHandlers.ofInputStream()));
  }

  /// An answer that may go on for ever, and is left when it is closed.
  private record HttpResponseBody(HttpResponse<InputStream> response) implements AutoCloseable {

    int status() {
      return response.statusCode();
    }

    String text() throws IOException {
      return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }

  private static List<Route> routes() throws ClassNotFoundException {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
    List<Route> routes = new ArrayList<>();
    for (var found : scan.findCandidateComponents(PortalRolesTest.class.getPackageName())) {
      for (Method method : Class.forName(found.getBeanClassName()).getDeclaredMethods()) {
        routes.addAll(routes(method));
      }
    }
    return routes;
  }

  private static List<Route> routes(Method handler) {
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class);
    List<Route> routes = new ArrayList<>();
    if (mapping != null) {
      Permission permission = handler.getAnnotation(Allowed.class).value();
      for (String path : mapping.path()) {
        routes.add(new Route(mapping.method()[0], path, permission));
      }
    }
    return routes;
  }
}
