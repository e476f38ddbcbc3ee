package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.audit.Actor;
import dev.edj.audit.AuditEvent;
import dev.edj.audit.AuditFilter;
import dev.edj.content.NewContent;
import dev.edj.node.NodeLifecycle;
import dev.edj.node.NodeRole;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody sees a page without a session, and nothing is changed from a foreign page.
class PortalSecurityTest {

  private static final Pattern TOKEN =
      Pattern.compile("name=\"edj-form-token\" content=\"([^\"]+)\"");

  private final PortalService service = PortalService.shared();
  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/nodes", "/executions?all=true", "/nothing", "/error", "/events", "/apix"})
  void aPageLeadsToTheSignInAndBack(String path) {
    HttpResponse<String> answer = get(path, "");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(header(answer, "Location"))
        .isEqualTo(
            path.equals("/")
                ? "/sign-in"
                : "/sign-in?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aLargeFormOfAStrangerIsNotRead() {
    HttpRequest large =
        request("/sign-in", "")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("token=" + "x".repeat(100_000)))
            .build();
    assertThat(send(large).statusCode()).isEqualTo(413);
  }

  @Test
  void aStreamOfAnEndedSessionSaysSo() {
    HttpRequest stream = request("/events", "").header("Accept", "text/event-stream").build();
    assertThat(send(stream).body()).contains("event: signed-out");
  }

  @Test
  void whatAPageAsksForByItselfDoesNotKeepTheSession() {
    String session = session();
    service
        .controlDatabase()
        .useHandle(handle ->
            handle.execute("UPDATE portal_session SET used_at = now() - interval '2 hours'"));

    HttpRequest byItself = request("/nodes", session).header("EDJ-By-Itself", "true").build();
    assertThat(send(byItself).statusCode()).isEqualTo(200);
    int usedBefore = usedLately();
    get("/nodes", session);
    assertThat(usedLately()).isGreaterThan(usedBefore);
  }

  private int usedLately() {
    return service
        .controlDatabase()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM portal_session WHERE used_at > now() - interval '1 hour'")
                .mapTo(Integer.class)
                .one());
  }

  @Test
  void aFieldIsOfferedNamesWhateverIsTypedAndOnlySoMany() {
    String session = session();
    for (int i = 0; i < 60; i++) {
      service
          .wiring()
          .contents()
          .create(new NewContent("Offered %% \"%02d\"".formatted(i), "SELECT 1", null));
    }
    service.wiring().contents().create(new NewContent("not oFFered", "SELECT 1", null));

    String names = get("/choices/contents?text=offered", session).body();
    assertThat(names).startsWith("[\"Offered % \\\"00").doesNotContain("not oFFered");
    assertThat(names.split("Offered")).hasSize(51);
    assertThat(get("/choices/contents?text=t%20off", session).body())
        .isEqualTo("[\"not oFFered\"]");
    assertThat(get("/choices/contents?text=%25%20%22", session).body()).contains("Offered");
    assertThat(get("/choices/nothing", session).statusCode()).isEqualTo(404);
    for (String noun : List.of("jobs", "targets", "credentials", "policies", "schedules")) {
      assertThat(get("/choices/" + noun + "?text=no'such", session).body()).isEqualTo("[]");
    }
  }

  @Test
  void aPartOfAPageHasTheWholePageGoToTheSignIn() {
    HttpResponse<String> answer = send(request("/nodes", "").header("HX-Request", "true").build());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(header(answer, "HX-Redirect")).isEqualTo("/sign-in");
  }

  @Test
  void theTokenOpensNoPageAndTheSessionNoRoute() {
    HttpRequest withToken =
        request("/nodes", "").header("Authorization", "Bearer " + service.token()).build();
    assertThat(send(withToken).statusCode()).isEqualTo(303);
    assertThat(get("/api/v1/jobs", session()).statusCode()).isEqualTo(401);
    assertThat(get("/%61pi/v1/jobs", session()).statusCode()).isEqualTo(401);
  }

  @Test
  void theSessionsCookieIsOutOfReachOfScriptsAndOfForeignForms() {
    HttpResponse<String> answer =
        get(service.ticket().substring(service.url().toString().length()), "");
    String cookie = cookie(answer, "edj-session");
    assertThat(cookie)
        .contains("; Path=/", "; HttpOnly", "; SameSite=Lax")
        .doesNotContain("Secure");

    HttpRequest encrypted =
        request(service.ticket().substring(service.url().toString().length()), "")
            .header("X-Forwarded-Proto", "https")
            .build();
    assertThat(cookie(send(encrypted), "edj-session")).contains("; Secure");
  }

  @Test
  void pagesCarryTheirHeaders() {
    HttpResponse<String> page = get("/nodes", session());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(header(page, "Cache-Control")).contains("no-store");
    assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(page.body()).doesNotContain("style=\"", "<style", "<script>", "onclick");
  }

  @Test
  void assetsAreKeptForEverAndAPageNamesThemByTheirHash() {
    String page = get("/nodes", session()).body();
    Matcher asset = Pattern.compile("(?:href|src)=\"(/assets/[0-9a-f]{16}/[^\"]+)\"").matcher(page);
    List<String> assets = asset.results().map(found -> found.group(1)).toList();
    assertThat(assets).hasSizeGreaterThan(3);
    for (String path : assets) {
      HttpResponse<String> answer = get(path, "");
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(header(answer, "Cache-Control")).contains("max-age=31536000", "immutable");
    }
    HttpResponse<String> other = get("/assets/0000000000000000/portal.css", "");
    assertThat(header(other, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(other, "Content-Type")).startsWith("text/css");
    assertThat(get("/assets/0000000000000000/none.css", "").statusCode()).isEqualTo(404);
  }

  @Test
  void withoutAPagesTokenNothingIsChanged() {
    String session = session();
    String node = "/nodes/" + service.wiring().nodes().list(false).getFirst().id() + "/drain";

    assertThat(post(node, session, "").statusCode()).isEqualTo(403);
    assertThat(post(node, session, "_csrf=" + formToken(session())).statusCode()).isEqualTo(403);
    assertThat(post("/sign-in", "", "token=" + service.token()).statusCode()).isEqualTo(403);
    assertThat(post("/sign-out", session, "").body()).contains("Nothing was changed");
    assertThat(get("/nodes", session).statusCode()).isEqualTo(200);
    assertThat(service.wiring().nodes().list(false))
        .allMatch(found -> found.lifecycle() != NodeLifecycle.Draining);
  }

  @Test
  void aSessionEndsWithItsSignOut() {
    String session = session();
    HttpResponse<String> answer = post("/sign-out", session, "_csrf=" + formToken(session));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(get("/nodes", session).statusCode()).isEqualTo(303);
  }

  @Test
  void whoSignsInAndOutIsInTheAuditLog() {
    try (PortalService own = PortalService.startOn(TestControlDatabase.create())) {
      String session = session(own);
      post(own, "/sign-out", session, "_csrf=" + formToken(own, session));

      AuditFilter sessions = AuditFilter.page(10).toA("session");
      assertThat(own.wiring().auditLog().list(sessions).items())
          .allSatisfy(event -> {
            assertThat(event.actor()).isEqualTo(Actor.local("local"));
            assertThat(event.address()).isEqualTo("127.0.0.1");
          })
          .extracting(AuditEvent::action)
          .containsExactly("session.end", "session.begin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"used_at = now() - interval '12 hours'", "created_at = now() - interval '7 days'"})
  void aSessionEndsByItself(String change) {
    try (PortalService own = PortalService.startOn(TestControlDatabase.create())) {
      String session = session(own);
      assertThat(get(own, "/nodes", session).statusCode()).isEqualTo(200);
      own.controlDatabase()
          .useHandle(handle -> handle.execute("UPDATE portal_session SET " + change));
      assertThat(get(own, "/nodes", session).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void aSessionIsKnownToEveryNodeAndNoneOfItsSecretIsKept() {
    TestControlDatabase database = TestControlDatabase.create();
    try (PortalService one = PortalService.startOn(database);
        PortalService other = PortalService.startOn(database, Set.of(NodeRole.API))) {
      String session = session(one).replaceFirst("-\\d+=", "-" + other.url().getPort() + "=");
      assertThat(get(other, "/nodes", session).statusCode()).isEqualTo(200);
      List<String> kept =
          one.controlDatabase()
              .withHandle(handle ->
                  handle
                      .createQuery(
                          "SELECT s::text FROM portal_session s UNION ALL SELECT t::text FROM portal_ticket t")
                      .mapTo(String.class)
                      .list());
      assertThat(kept)
          .hasSize(2)
          .noneMatch(row -> row.contains(session.substring(session.indexOf('=') + 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example.com",
        "/\\evil.example.com",
        "https://evil.example.com",
        "/\t/evil.example.com",
        "javascript:alert(1)",
        "/sign-out",
        ""
      })
  void afterTheSignInNobodyIsSentElsewhere(String next) {
    String ticket = service.ticket().substring(service.url().toString().length());
    HttpResponse<String> answer =
        get(ticket + "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8), "");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(header(answer, "Location")).isEqualTo("/");
  }

  @Test
  void aForeignHostNameIsRefused() throws IOException {
    try (Socket socket = new Socket(service.url().getHost(), service.url().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /sign-in HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void whatDoesNotExistIsAPage() {
    HttpResponse<String> answer = get("/nothing", session());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "Content-Type")).startsWith("text/html");
    assertThat(answer.body()).contains("<h1>Not Found</h1>", "There is no page at this address.");
  }

  /// A name is whatever its author likes, and whoever copies the command may do more than they.
  @Test
  void aNameIsOneWordOfACommandThatIsShownToBeCopied() {
    service.fleet("it's $(reboot)", 0);
    service.job("it's `halt`", "SELECT 1", "it's $(reboot)");
    String session = session();

    assertThat(get("/targets/it%27s%20%24%28reboot%29", session).body())
        .contains("edj target add-child &#39;it&#39;\\&#39;&#39;s $(reboot)&#39; SERVER");
    assertThat(get("/jobs/it%27s%20%60halt%60", session).body())
        .contains(
            "edj job start &#39;it&#39;\\&#39;&#39;s `halt`&#39; --check",
            "edj trigger create &#39;it&#39;\\&#39;&#39;s `halt`&#39; SCHEDULE",
            "--job &#39;it&#39;\\&#39;&#39;s `halt`&#39;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/notices?job=%00",
        "/executions?job=%00",
        "/targets?name=a%00",
        "/audit?actor=%00"
      })
  void whatNoTextCanHoldIsRefusedAndIsNoFault(String path) {
    HttpResponse<String> answer = get(path, session());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("must not hold the character U+0000");
  }

  @Test
  void whatNoTextCanHoldIsRefusedInAFormToo() {
    String session = session();
    HttpResponse<String> answer =
        post(
            "/new/notice",
            session,
            "_csrf=%s&name=nul&on=Failed&by=email&emails=dba@example.com&job=%%00"
                .formatted(formToken(session)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("job: must not hold the character U+0000");
  }

  @Test
  void whatIsCalledAsAFormWasOnceHasAPage() {
    service.fleet("new", 0);
    service.job("new", "SELECT 1", "new");
    String session = session();

    assertThat(get("/jobs/new", session).body()).contains("<h1>new</h1>");
    assertThat(get("/targets/new", session).body()).contains("<h1>new</h1>");
    assertThat(get("/new/job", session).body()).contains("<h1>New job</h1>");
  }

  /// A list is made as long as its greatest index says, or not at all.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "on[99999999]=Failed",
        "on[9999]=Failed",
        "on[1]=Failed",
        "on[-1]=Failed",
        "on[]=Failed",
        "on[x]=Failed",
        "on[0=Failed",
        "on[0]=Failed&on[2]=TimedOut"
      })
  void aListWithGapsIsRefusedAndIsNoFault(String fields) {
    HttpResponse<String> answer = noticeForm(fields);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<p>on");
  }

  @Test
  void aListWithoutGapsIsRead() {
    HttpResponse<String> answer = noticeForm("on[1]=TimedOut&on[0]=Succeeded&job=none");
    assertThat(answer.body())
        .contains("&#39;none&#39; does not exist")
        .containsPattern("value=\"TimedOut\" checked")
        .containsPattern("value=\"Succeeded\" checked")
        .doesNotContainPattern("value=\"Failed\" checked");
  }

  /// A job may have as many parameters as its form has places for.
  @Test
  void aLongListIsRead() {
    String session = session();
    String parameters =
        IntStream.range(0, 400)
            .mapToObj(i -> "parameters[%1$d].name=p%1$d&parameters[%1$d].value=v".formatted(i))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        post(
            "/new/job",
            session,
            encoded(
                "_csrf=%s&act=add-parameter&name=long&steps[0].name=a&%s"
                    .formatted(formToken(session), parameters)));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("name=\"parameters[400].name\"", "value=\"p399\"");
  }

  private HttpResponse<String> noticeForm(String fields) {
    String session = session();
    return post(
        "/new/notice",
        session,
        encoded(
            "_csrf=%s&name=listed&by=email&emails=dba@example.com&%s"
                .formatted(formToken(session), fields)));
  }

  private static String encoded(String fields) {
    return fields.replace("[", "%5B").replace("]", "%5D");
  }

  @Test
  void forAPartOfAPageAFailureIsASentence() {
    HttpRequest part = request("/nodes/none", session()).header("HX-Request", "true").build();
    HttpResponse<String> answer = send(part);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "HX-Retarget")).isEqualTo("#toasts");
    assertThat(answer.body())
        .contains("node &#39;none&#39; does not exist")
        .doesNotContain("<html");
  }

  private String session() {
    return session(service);
  }

  /// The cookie of a new session.
  private String session(PortalService at) {
    HttpResponse<String> answer = get(at, at.ticket().substring(at.url().toString().length()), "");
    return cookie(answer, "edj-session").replaceFirst(";.*", "");
  }

  private String formToken(String session) {
    return formToken(service, session);
  }

  private String formToken(PortalService at, String session) {
    Matcher token = TOKEN.matcher(get(at, "/nodes", session).body());
    assertThat(token.find()).isTrue();
    return URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> get(String path, String cookie) {
    return get(service, path, cookie);
  }

  private HttpResponse<String> get(PortalService at, String path, String cookie) {
    return send(request(at, path, cookie).build());
  }

  private HttpResponse<String> post(String path, String cookie, String form) {
    return post(service, path, cookie, form);
  }

  private HttpResponse<String> post(PortalService at, String path, String cookie, String form) {
    return send(
        request(at, path, cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  private HttpRequest.Builder request(String path, String cookie) {
    return request(service, path, cookie);
  }

  private static HttpRequest.Builder request(PortalService at, String path, String cookie) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(at.url() + path));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
