package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.edj.access.Caller;
import dev.edj.access.NewToken;
import dev.edj.access.NewUser;
import dev.edj.content.NewContent;
import dev.edj.credential.NewCredential;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import dev.edj.testing.TestControlDatabase;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of things with names come page by page, however many there are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListPagesIT {

  private static final int MANY = 250;
  private static final String JOB = "Bound often";

  /// Its own: the lists of others stay short.
  private PortalService service;

  private Visitor visitor;

  @BeforeAll
  void come() {
    service = PortalService.startOn(TestControlDatabase.create());
    visitor = Visitor.of(service);
    service.fleet("databases", 1);
    service
        .wiring()
        .policies()
        .create(
            new NewExecutionPolicy(
                PortalService.ONCE, null, null, null, null, null, 1, null, null, null, null));
    service.job(JOB, "SELECT 1", "databases");
    NewScheduleRule daily =
        new NewScheduleRule("Days", 1, null, null, null, null, null, null, null, null);
    for (int i = 1; i <= MANY; i++) {
      String name = name(i);
      service.wiring().contents().create(new NewContent(name, "SELECT 1", null));
      service
          .wiring()
          .credentials()
          .create(new NewCredential(name, "user", "secret", null, List.of("*")));
      service
          .wiring()
          .policies()
          .create(
              new NewExecutionPolicy(
                  name, null, null, null, null, null, 1, null, null, null, null));
      service.wiring().schedules().create(new NewSchedule(name, daily));
      service.wiring().access().users().create(new NewUser(name, null, null, null));
      service
          .wiring()
          .access()
          .tokens()
          .create(Caller.local(), new NewToken("of many", name, null, null));
      service
          .wiring()
          .triggers()
          .create(new NewTrigger(JOB, name, null, null, i % 2 == 0, null, null));
    }
  }

  private static String name(int number) {
    return "Many / %03d %%".formatted(number);
  }

  @AfterEach
  void closePages() {
    visitor.closePages();
  }

  @AfterAll
  void leave() {
    if (visitor != null) {
      visitor.close();
    }
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"contents", "credentials", "policies", "schedules", "users"})
  void eachNameIsOnOnePageAndIsFound(String noun) {
    Page page = visitor.open(visitor.signedIn(), "/" + noun + "?name=mANY");
    Visitor.assertUsableByAll(page);
    Set<String> seen = new HashSet<>();
    for (int rows : List.of(100, 100, 50)) {
      assertThat(rows(page)).hasCount(rows);
      for (String shown : page.locator("main tbody th a").allInnerTexts()) {
        assertThat(seen.add(shown)).as(shown).isTrue();
      }
      if (rows == 100) {
        next(page).click();
        assertThat(page).hasURL(Pattern.compile(".*after=.*" + seen.size() + "%20%25.*"));
      }
    }
    assertThat(seen).hasSize(MANY);
    assertThat(next(page)).hasCount(0);
    page.getByText("First page").click();
    assertThat(rows(page)).hasCount(100);

    page.getByLabel("Name").fill("249 %");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(rows(page)).hasCount(1);
    assertThat(page.locator("main tbody th a")).hasText(name(249));
    page.getByLabel("Name").fill("no such");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".empty-title")).containsText("has such a name");
    page.getByText("Clear", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(rows(page)).hasCount(100);
  }

  @Test
  void triggersComePageByPage() {
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/triggers");
    Set<String> seen = new HashSet<>();
    for (int rows : List.of(100, 100, 50)) {
      assertThat(rows(page)).hasCount(rows);
      seen.addAll(page.locator("main tbody td.wrap a").allInnerTexts());
      if (rows == 100) {
        next(page).click();
      }
    }
    assertThat(seen).hasSize(MANY);
    page.getByLabel("Name").fill("nobody");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByText("None of a job with such a name.")).hasCount(2);
    visitor.open(page, "/triggers?bound=nonsense");
    assertThat(page.locator("main")).containsText("is no trigger's id and job");
  }

  @Test
  void tokensComePageByPageTheNewestFirst() {
    Page page = visitor.open(visitor.signedIn(), "/tokens?name=many");
    Set<String> seen = new HashSet<>();
    for (int rows : List.of(100, 100, 50)) {
      assertThat(rows(page)).hasCount(rows);
      List<String> users = page.locator("main tbody td a[href^='/users/']").allInnerTexts();
      assertThat(users).isSortedAccordingTo(Comparator.reverseOrder());
      seen.addAll(users);
      if (rows == 100) {
        next(page).click();
      }
    }
    assertThat(seen).hasSize(MANY);
    assertThat(next(page)).hasCount(0);
    page.getByLabel("Name").fill("of many");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(rows(page)).hasCount(100);
    Visitor.assertUsableByAll(page);
  }

  @Test
  void aScheduleCountsItsOwnTriggers() {
    Page page = visitor.open(visitor.signedIn(), "/schedules?name=249");
    assertThat(page.locator("main tbody td.number")).hasText("0 of 1");
  }

  @Test
  void theyFitAPhone() {
    Page page = visitor.signedIn(Visitor.phone());
    for (String path :
        List.of(
            "/contents",
            "/credentials",
            "/policies",
            "/schedules",
            "/triggers",
            "/users",
            "/tokens")) {
      visitor.open(page, path);
      Visitor.assertNothingSticksOut(page);
    }
  }

  private static Locator rows(Page page) {
    return page.locator("main tbody tr");
  }

  private static Locator next(Page page) {
    return page.getByText("Next page");
  }
}
