package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import dev.edj.access.Access;
import dev.edj.access.Caller;
import dev.edj.access.Grant;
import dev.edj.access.NewToken;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import dev.edj.access.UserChange;
import dev.edj.content.NewContent;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Rollout;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.job.NewQuery;
import dev.edj.node.NodeRole;
import dev.edj.notice.NewNotice;
import dev.edj.notice.NoticeEvent;
import dev.edj.notice.Notices;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.TriggerChange;
import dev.edj.testing.TestControlDatabase;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Each role finds on the pages what it may do, and nothing that it may not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class RolePagesIT {

  private static final String FLEET = "roles";
  private static final String ELSEWHERE = "elsewhere";
  private static final String PASSWORD = "correct horse battery";

  /// There is something of everything, and nothing else.
  private PortalService service;

  private PortalService drained;
  private Visitor visitor;
  private Gate gate;
  private JobExecution running;
  private JobExecution query;

  @BeforeAll
  void come() {
    TestControlDatabase database = TestControlDatabase.create();
    service = PortalService.startOn(database);
    visitor = Visitor.of(service);
    service.prepare();
    List<String> databases = service.fleet(FLEET, 2);
    service.fleet(ELSEWHERE, 0);
    service.job("Fails", "SELECT 1/0", FLEET);
    service.run("Fails");
    makeJobInWaves();
    makeTriggers();
    makeNotices();
    makeDrainedNode(database);
    makeUsers();
    gate = Gate.closed(databases);
    service.job("Runs", Gate.SCRIPT, FLEET);
    running = service.start("Runs");
    service.awaitRunning(running.id(), databases.size());
    query =
        service
            .wiring()
            .queries()
            .start(new NewQuery(Gate.SCRIPT, FLEET, FLEET, true, null, null, null, null), "test");
  }

  private void makeJobInWaves() {
    service.wiring().contents().create(new NewContent("In waves", "SELECT 1", null));
    service
        .wiring()
        .jobs()
        .create(
            new NewJob(
                "In waves",
                null,
                List.of(NewJobStep.of("In waves", FLEET, FLEET).policy(PortalService.ONCE).build()),
                null,
                null,
                null,
                new Rollout(List.of("1"), null, true, null)));
    service.start("In waves");
  }

  /// One is enabled and one is not; so are the jobs.
  private void makeTriggers() {
    NewScheduleRule rule =
        new NewScheduleRule(null, null, null, null, null, "weekdays", "22:00", null, null, null);
    service.wiring().schedules().create(new NewSchedule("Nightly", rule));
    service
        .wiring()
        .triggers()
        .create(new NewTrigger("Fails", "Nightly", null, null, null, null, null));
    Trigger disabled =
        service
            .wiring()
            .triggers()
            .create(new NewTrigger("Fails", null, "In waves", null, null, null, null));
    service.wiring().triggers().update(disabled.id(), new TriggerChange(false, null, null, null));
    service.job("Not any more", "SELECT 1", FLEET);
    service.wiring().jobs().disable("Not any more");
  }

  /// One that has told something, and one that is disabled; and one that is about all jobs, and so
  /// lies in no collection.
  private void makeNotices() {
    Notices notices = service.wiring().notices();
    List<NoticeEvent> on = List.of(NoticeEvent.ApprovalWanted);
    notices.create(new NewNotice("told", on, "Fails", null, null, List.of("dba@e.com"), null));
    UUID test = service.wiring().deliveries().test("told").id();
    service.awaitDelivery("told", test);
    String webhook = "https://" + PortalService.NOTICE_HOST + "/edj";
    notices.create(new NewNotice("not told", on, "Fails", webhook, null, false));
    notices.create(new NewNotice("of all", on, null, null, null, List.of("dba@e.com"), false));
  }

  /// One with a token, and one who cannot come in.
  private void makeUsers() {
    Access access = service.wiring().access();
    access.users().create(new NewUser("a program", null, null, List.of(new Grant(Role.Reader))));
    access.tokens().create(Caller.local(), new NewToken("its token", "a program", null, null));
    access.users().create(new NewUser("gone", null, null, null));
    access.users().update("gone", new UserChange(null, false));
  }

  private void makeDrainedNode(TestControlDatabase database) {
    drained = PortalService.startOn(database, Set.of(NodeRole.API));
    service.wiring().nodes().list(false).stream()
        .filter(node -> !node.roles().contains(NodeRole.WORKER))
        .forEach(node -> service.wiring().nodes().drain(String.valueOf(node.id())));
  }

  @AfterEach
  void closePages() {
    visitor.closePages();
  }

  @AfterAll
  void leave() {
    gate.close();
    visitor.close();
    drained.close();
    service.close();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aRoleIsOfferedAllThatItMayDoAndNothingElse(Role role) {
    Walk walk = new Walk(signedIn(role));
    walk.from("/");
    walk.from("/query/" + query.id());

    assertThat(walk.dead).isEmpty();
    assertThat(walk.offered)
        .filteredOn(route -> !mayUse(role, route))
        .as("offered and refused")
        .isEmpty();
    assertThat(PortalRoute.all())
        .filteredOn(
            route -> route.permission().role().filter(needed -> needed != Role.Reader).isPresent())
        .filteredOn(route -> mayUse(role, route))
        .as("allowed and nowhere offered")
        .isSubsetOf(walk.offered);
  }

  @Test
  void whoIsAnAuthorHereIsOfferedAllThatAnAuthorMayDo() {
    Walk walk = new Walk(signedIn(List.of(new Grant(Role.Author, FLEET))));
    walk.from("/");
    walk.from("/query/" + query.id());
    assertThat(walk.dead).isEmpty();
    assertThat(PortalRoute.all())
        .filteredOn(route -> route.permission().right().isPresent())
        .as("allowed and nowhere offered")
        .isSubsetOf(walk.offered);
  }

  @Test
  void whoIsAnAuthorElsewhereIsOfferedNothingOfWhatIsHere() {
    Walk walk = new Walk(signedIn(List.of(new Grant(Role.Author, ELSEWHERE))));
    walk.from("/");
    walk.from("/query/" + query.id());
    assertThat(walk.dead).isEmpty();
    assertThat(walk.offered).filteredOn(route -> route.narrowing().isByPath()).isEmpty();
    assertThat(news(walk.page)).contains("Runs").doesNotContain("/stop");
  }

  @Test
  void whoHasNoRoleIsOfferedTheirAccountAndNothingElse() {
    Walk walk = new Walk(signedIn(List.of()));
    walk.from("/account");
    assertThat(walk.dead).isEmpty();
    assertThat(walk.offered).allMatch(route -> route.permission().role().isEmpty());
  }

  private static boolean mayUse(Role role, PortalRoute route) {
    return route.permission().role().map(role::includes).orElse(true);
  }

  /// What moves by itself is the same for all who may do the same, and not for others.
  @Test
  void whatMovesByItselfOffersNoMoreThanThePage() {
    assertThat(news(signedIn(Role.Operator))).contains("Runs", "/stop");
    assertThat(news(signedIn(Role.Reader))).contains("Runs").doesNotContain("/stop");
  }

  /// The first that the page of the running execution hears.
  private String news(Page page) {
    visitor.open(page, "/executions/" + running.id());
    return (String)
        page.evaluate(
            """
            () => new Promise(heard => {
              const stream = new EventSource(location.pathname + '/events');
              stream.addEventListener('update', event => { stream.close(); heard(event.data); });
            })
            """);
  }

  @Test
  void whoMayOnlyReadIsToldWhoMayDoMore() {
    Page page = signedIn(Role.Reader);
    visitor.open(page, "/jobs/Runs");
    assertThat(page.locator("main"))
        .containsText("By hand only. Somebody with the role Author can");
    Visitor.assertUsableByAll(page);
  }

  private Page signedIn(Role role) {
    return signedIn(List.of(new Grant(role)));
  }

  private Page signedIn(List<Grant> grants) {
    String user = "roles-" + UUID.randomUUID();
    service.wiring().access().users().create(new NewUser(user, null, PASSWORD, grants));
    Page page = visitor.open(visitor.stranger(), "/account");
    page.getByLabel("User").fill(user);
    page.getByLabel("Password").fill(PASSWORD);
    page.getByLabel("Password").press("Enter");
    assertThat(page).hasTitle("Your account · EDJ");
    return page;
  }

  /// From page to page by all links, without sending a form. The browser reads the pages and shows
  /// none: what is offered stands in them, and showing hundreds takes minutes.
  private final class Walk {

    /// Of pages that differ by a name or an id only.
    private static final int MOST_OF_ONE_KIND = 5;

    private static final String WAYS =
        """
        ([html, address]) => [...new DOMParser().parseFromString(html, 'text/html')
            .querySelectorAll('a[href], form, button[formaction], [hx-get], [hx-post]')].flatMap(e => [
          e.matches('a[href]') ? ['GET', e.getAttribute('href')] : null,
          e.matches('form') ? [e.method.toUpperCase(), e.getAttribute('action') ?? address] : null,
          e.matches('button[formaction]') ? ['POST', e.getAttribute('formaction')] : null,
          e.matches('[hx-get]') ? ['GET', e.getAttribute('hx-get')] : null,
          e.matches('[hx-post]') ? ['POST', e.getAttribute('hx-post')] : null,
        ]).filter(way => way).map(([method, way]) => method + ' ' + new URL(way, address).href)
        """;

    private static final Map<PortalRoute, PathPattern> ROUTES =
        PortalRoute.all().stream()
            .collect(
                toMap(identity(), route -> PathPatternParser.defaultInstance.parse(route.path())));

    private static final Pattern DOWNLOAD =
        Pattern.compile(".*/(text|download|export|log|plan|report)");

    private final Page page;
    private final Deque<URI> ahead = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> visited = new HashMap<>();
    private final Set<PortalRoute> offered = new HashSet<>();
    private final List<String> dead = new ArrayList<>();

    Walk(Page page) {
      this.page = page;
    }

    void from(String path) {
      ahead.add(service.url(path));
      while (!ahead.isEmpty()) {
        visit(ahead.remove());
      }
    }

    /// A page that has to be asked with something first answers 400, with a form for that.
    private void visit(URI address) {
      APIResponse answer = page.request().get(address.toString());
      check(answer.status(), address);
      if (!DOWNLOAD.matcher(address.getPath()).matches()) {
        ((List<?>) page.evaluate(WAYS, List.of(answer.text(), answer.url())))
            .forEach(way -> note(way.toString().split(" ", 2)));
      }
      answer.dispose();
    }

    private void check(int status, URI address) {
      if (status > 400) {
        dead.add(status + " " + address);
      }
    }

    private void note(String[] way) {
      URI address = URI.create(way[1].replaceFirst("#.*", ""));
      if (!address.getAuthority().equals(service.url().getAuthority())) {
        return;
      }
      RequestMethod method = RequestMethod.valueOf(way[0]);
      Optional<PortalRoute> route = route(method, address.getPath());
      if (route.isEmpty()) {
        dead.add("no route: " + way[0] + " " + address);
        return;
      }
      offered.add(route.get());
      String kind = route.get() + queryNames(address);
      if (method == RequestMethod.GET
          && seen.add(address.toString())
          && visited.merge(kind, 1, Integer::sum) <= most(address)) {
        ahead.add(address);
      }
    }

    private static int most(URI address) {
      return address.getQuery() == null ? MOST_OF_ONE_KIND : 1;
    }

    private static String queryNames(URI address) {
      return address.getQuery() == null ? "" : "?" + address.getQuery().replaceAll("=[^&]*", "");
    }

    private static Optional<PortalRoute> route(RequestMethod method, String path) {
      PathContainer parsed = PathContainer.parsePath(path);
      return ROUTES.entrySet().stream()
          .filter(route -> route.getKey().method() == method)
          .filter(route -> route.getValue().matches(parsed))
          .min(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey);
    }
  }
}
