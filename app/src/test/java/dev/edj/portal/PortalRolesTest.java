package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.access.Access;
import dev.edj.access.Caller;
import dev.edj.access.Grant;
import dev.edj.access.NewToken;
import dev.edj.access.NewUser;
import dev.edj.access.Permission;
import dev.edj.access.Role;
import dev.edj.access.UserChange;
import dev.edj.content.NewContent;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.notice.NewNotice;
import dev.edj.notice.NoticeEvent;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import dev.edj.scope.Narrowing;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/// Every page and every form is open to the roles that it is declared for, and to nobody else.
class PortalRolesTest {

  private static final Pattern TOKEN =
      Pattern.compile("name=\"edj-form-token\" content=\"([^\"]+)\"");

  private final PortalService service = PortalService.shared();
  private final Access access = service.wiring().access();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whatChangesSomethingNeedsMoreThanReading() throws Exception {
    List<PortalRoute> forms =
        PortalRoute.all().stream()
            .filter(route -> route.method() != RequestMethod.GET)
            .filter(route -> route.permission() == Permission.READ)
            .toList();
    assertThat(forms).isEmpty();
    assertThat(permission(RequestMethod.POST, "/jobs/{name}/start")).isEqualTo(Permission.RUN);
    assertThat(permission(RequestMethod.POST, "/executions/{id}/stop")).isEqualTo(Permission.RUN);
    assertThat(permission(RequestMethod.GET, "/new/job")).isEqualTo(Permission.WRITE);
    assertThat(permission(RequestMethod.POST, "/query")).isEqualTo(Permission.WRITE);
    assertThat(permission(RequestMethod.POST, "/new/target")).isEqualTo(Permission.ADMINISTER);
    assertThat(permission(RequestMethod.POST, "/new/credential")).isEqualTo(Permission.ADMINISTER);
    assertThat(permission(RequestMethod.POST, "/nodes/{node}/drain"))
        .isEqualTo(Permission.ADMINISTER);
    assertThat(PortalRoute.all())
        .filteredOn(route -> route.permission() == Permission.ANYONE)
        .extracting(PortalRoute::path)
        .allMatch(path -> path.matches("/(sign-in(/provider(/.*)?)?|sign-out|theme|assets/.*)"));
  }

  /// Nobody fills in a form that would be refused.
  @Test
  void aFormsPageNeedsWhatTheFormNeeds() {
    Set<String> elsewhere =
        Arrays.stream(FormAddresses.class.getDeclaredMethods())
            .map(method -> method.getAnnotation(GetMapping.class))
            .filter(Objects::nonNull)
            .flatMap(mapping -> Arrays.stream(mapping.value()))
            .collect(Collectors.toSet());
    List<PortalRoute> routes = PortalRoute.all();
    assertThat(routes)
        .filteredOn(page -> page.method() == RequestMethod.GET)
        .filteredOn(page -> !elsewhere.contains(page.path()))
        // What a trigger did stands beside its settings.
        .filteredOn(page -> !page.path().equals("/triggers/{id}"))
        .allSatisfy(page ->
            assertThat(routes)
                .filteredOn(form -> form.method() == RequestMethod.POST)
                .filteredOn(form -> form.path().equals(page.path()))
                .allMatch(form -> form.permission() == page.permission()));
  }

  @Test
  void whatTemplatesAskAboutIsARoute() throws IOException {
    Pattern question =
        Pattern.compile("may\\.(open|send|role)\\('([^']+)'[,)]|invited\\('([^']+)'");
    List<String> unknown = new ArrayList<>();
    int questions = 0;
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/portal/templates"))) {
      for (Path file : files.toList()) {
        for (MatchResult asked : question.matcher(Files.readString(file)).results().toList()) {
          questions++;
          String path = asked.group(2) == null ? asked.group(3) : asked.group(2);
          RequestMethod method =
              "send".equals(asked.group(1)) ? RequestMethod.POST : RequestMethod.GET;
          if (PortalRoute.all().stream()
              .noneMatch(route -> route.method() == method && route.path().equals(path))) {
            unknown.add("%s: %s %s".formatted(file.getFileName(), method, path));
          }
        }
      }
    }
    assertThat(questions).isGreaterThan(50);
    assertThat(unknown).isEmpty();
  }

  private Permission permission(RequestMethod method, String path) throws Exception {
    return PortalRoute.all().stream()
        .filter(route -> route.method() == method && route.path().equals(path))
        .map(PortalRoute::permission)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyPageIsOpenToItsRolesOnly() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<PortalRoute> routes =
        PortalRoute.all().stream()
            .filter(route -> route.permission() != Permission.ANYONE)
            .toList();
    for (@Nullable Role role : roles()) {
      String session = session(user(role));
      String token = formToken(session);
      for (PortalRoute route : routes) {
        check(route, session, token, role, wrong);
      }
    }
    assertThat(routes).hasSizeGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  private void check(
      PortalRoute route, String session, String token, @Nullable Role role, List<String> wrong)
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

  /// What is sent where the path does not name it.
  private static final Map<String, String> FORMS =
      Map.of(
          "/new/job",
          "name=new%20$name&steps[0].script.source=existing&steps[0].script.content=$name"
              + "&steps[0].login.credential=$place&steps[0].target=$place",
          "/new/trigger",
          "job=$name&by=schedule&schedule=$free",
          "/new/notice",
          "name=new%20$name&job=$name&on=Failed&by=email&emails=dba@e.com",
          "/query",
          "script=SELECT%201&target=$place&credential=$place");

  @ParameterizedTest
  @EnumSource(names = {"Operator", "Author"})
  void aRoleInACollectionOpensWhatIsThereAndNothingElse(Role role) throws Exception {
    String here = place();
    String elsewhere = place();
    String session = session(user(List.of(new Grant(role, here))));
    String token = formToken(session);
    List<PortalRoute> routes =
        PortalRoute.all().stream()
            .filter(route -> route.permission().right().isPresent())
            .filter(route -> route.permission().role().map(role::includes).orElse(false))
            .filter(route -> route.narrowing() != Narrowing.SHARED)
            .toList();
    List<String> wrong = new ArrayList<>();
    for (PortalRoute route : routes) {
      if (refusal(route, here, session, token).isPresent()) {
        wrong.add(route + " here");
      }
      if (refusal(route, elsewhere, session, token)
          .filter(text -> text.contains("in collection &#39;%s&#39; only".formatted(here)))
          .isEmpty()) {
        wrong.add(route + " elsewhere");
      }
    }
    assertThat(routes).hasSizeGreaterThan(8);
    assertThat(wrong).isEmpty();
  }

  private String place() {
    String place = "place" + UUID.randomUUID();
    service.fleet(place, 0);
    schedule(place);
    return place;
  }

  private void schedule(String name) {
    service
        .wiring()
        .schedules()
        .create(
            new NewSchedule(
                name,
                new NewScheduleRule(
                    "1 hour", null, null, null, null, null, null, null, null, null)));
  }

  /// Of something that is made for it; empty when it was let in.
  private Optional<String> refusal(PortalRoute route, String place, String session, String token)
      throws Exception {
    String name = "n" + UUID.randomUUID();
    String path = route.path().replace("{name}", name).replace("{id}", make(route, name, place));
    String form =
        FORMS
            .getOrDefault(route.path(), "")
            .replace("$name", name)
            .replace("$place", place)
            .replace("$free", place);
    try (HttpResponseBody answer = ask(route, path, session, token, form)) {
      assertThat(answer.status()).isNotIn(401, 404, 500);
      return answer.status() == 403 ? Optional.of(answer.text()) : Optional.empty();
    }
  }

  /// A job on a collection, with a content, a policy, a schedule and an execution of its own;
  /// returns the id that the route asks for.
  private String make(PortalRoute route, String name, String place) {
    Wiring wiring = service.wiring();
    wiring.contents().create(new NewContent(name, "SELECT 1", null));
    wiring
        .policies()
        .create(
            new NewExecutionPolicy(name, null, null, null, null, null, 1, null, null, null, null));
    wiring
        .jobs()
        .create(
            new NewJob(
                name,
                null,
                List.of(NewJobStep.of(name, place, place).policy(name).build()),
                null,
                null));
    schedule(name);
    long trigger =
        wiring.triggers().create(new NewTrigger(name, name, null, null, null, null, null)).id();
    if (route.narrowing() == Narrowing.NOTICE) {
      return makeDelivery(name);
    }
    return route.narrowing() == Narrowing.EXECUTION
        ? service.start(name).id().toString()
        : String.valueOf(trigger);
  }

  /// Of a notice about the job, both of its name.
  private String makeDelivery(String job) {
    service
        .wiring()
        .notices()
        .create(
            new NewNotice(
                job, List.of(NoticeEvent.Failed), job, null, null, List.of("dba@e.com"), null));
    UUID test = service.wiring().deliveries().test(job).id();
    service.awaitDelivery(job, test);
    return test.toString();
  }

  /// On a page for all, nothing needs to be named.
  @Test
  void templatesAskOfWhatIsOnThePage() throws IOException {
    Pattern unnamed = Pattern.compile("may\\.(open|send)\\('([^']+)'\\)");
    Set<String> vague = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/portal/templates"))) {
      for (Path file : files.toList()) {
        unnamed
            .matcher(Files.readString(file))
            .results()
            .filter(asked ->
                PortalRoute.all().stream()
                    .anyMatch(route ->
                        route.narrowing().isByPath() && route.path().equals(asked.group(2))))
            .forEach(_ -> vague.add(file.getFileName().toString()));
      }
    }
    assertThat(vague).containsExactly("executions.html");
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
    assertThat(status("/new/job", session)).isEqualTo(403);

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
    return user(role == null ? List.of() : List.of(new Grant(role)));
  }

  private String user(List<Grant> grants) {
    String name = "portal-" + UUID.randomUUID();
    return access.users().create(new NewUser(name, null, null, grants)).name();
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
  private HttpResponseBody ask(PortalRoute route, String session, String token) throws Exception {
    return ask(route, concrete(route.path()), session, token, "");
  }

  private HttpResponseBody ask(
      PortalRoute route, String path, String session, String token, String form) throws Exception {
    HttpRequest.Builder request = request(path, session);
    if (route.method() == RequestMethod.POST) {
      String fields = form + "&_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString(fields));
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
}
