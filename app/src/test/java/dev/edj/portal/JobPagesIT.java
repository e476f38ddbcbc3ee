package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.edj.content.NewContentVersion;
import dev.edj.job.JobChange;
import dev.edj.job.NewJobStep;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Jobs are found, seen, started, compared and deleted.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobPagesIT {

  private static final String FLEET = "paged-jobs";
  private static final String JOB = "Rebuild / indexes & <b>";

  private final PortalService service = PortalService.shared();
  private Visitor visitor;

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    service.fleet(FLEET, 2);
    service.job(JOB, "SELECT 1", FLEET);
    service.job("Zeta fails", "SELECT 1/0", FLEET);
    service.run(JOB);
    service.run(JOB);
    service.run("Zeta fails");
    bind(JOB, "Nightly rebuild");
  }

  private void bind(String job, String schedule) {
    NewScheduleRule daily =
        new NewScheduleRule(null, null, null, null, null, null, "22:00", null, null, null);
    service.wiring().schedules().create(new NewSchedule(schedule, daily));
    service.wiring().triggers().create(new NewTrigger(job, schedule, null, null, null, null, null));
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
  }

  @Test
  void theListShowsHowJobsDo() {
    Page page = visitor.open(visitor.signedIn(), "/jobs");
    page.getByLabel("Name").fill("REBUILD / ind");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();

    Locator row = page.locator("tbody tr");
    assertThat(row).hasCount(1);
    assertThat(row).containsText(JOB);
    assertThat(row.locator(".lifecycle")).hasText("Succeeded");
    assertThat(row.getByRole(AriaRole.IMG)).hasAttribute("aria-label", "Last 2 runs: 2 Succeeded");
    assertThat(row).containsText("Nightly rebuild");
    assertThat(row.locator("time")).hasCount(2);
    Visitor.assertUsableByAll(page);
  }

  @Test
  void theListIsOrderedByTheNewestRunAndByWhatIsDue() {
    Page page = visitor.open(visitor.signedIn(), "/jobs?sort=NEXT");
    assertThat(page.locator("tbody tr time").first()).isVisible();
    Visitor.photograph(page, "jobs");
    visitor.open(page, "/jobs?sort=LAST");
    assertThat(page.getByLabel("Order")).hasValue("LAST");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void aNameThatNoJobHasIsSaid() {
    Page page = visitor.open(visitor.signedIn(), "/jobs?name=none-of-them");
    assertThat(page.locator(".empty")).containsText("No job has such a name.");
  }

  @Test
  void aJobIsSeenAndRun() {
    String job = "Seen / & run";
    service.job(job, "SELECT 1", FLEET);
    service.run(job);
    bind(job, "Nightly");
    Page page = visitor.open(visitor.signedIn(), "/jobs");
    page.getByText(job, new Page.GetByTextOptions().setExact(true)).click();

    assertThat(page.locator("h1")).hasText(job);
    assertThat(page.locator(".starters")).containsText("Nightly");
    assertThat(page.locator("main")).containsText("all databases at once");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "job");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run")).click();
    assertThat(page).hasURL(Pattern.compile(".*/executions/[0-9a-f-]{36}"));
  }

  @Test
  void twoVersionsAreCompared() {
    service.job("Versioned", "SELECT 1\n-- the same\n", FLEET);
    service
        .wiring()
        .contents()
        .addVersion("Versioned", new NewContentVersion("SELECT 2\n-- the same\n", null));
    NewJobStep pinned =
        NewJobStep.of("Versioned", FLEET, FLEET)
            .contentVersion(1)
            .policy(PortalService.ONCE)
            .maxParallelism(7)
            .build();
    service.wiring().jobs().update("Versioned", new JobChange(null, List.of(pinned), null, null));
    Page page = visitor.open(visitor.signedIn(), "/jobs/Versioned");
    page.getByText("Compare").click();

    assertThat(page.locator("h1")).hasText("Versions 1 and 2");
    Locator fields = page.locator(".fields-of-both");
    assertThat(fields).containsText("Max parallelism");
    assertThat(fields.locator("ins").getByText("7", new Locator.GetByTextOptions().setExact(true)))
        .isVisible();
    assertThat(page.locator(".line-REMOVED")).containsText("SELECT 2");
    assertThat(page.locator(".line-ADDED")).containsText("SELECT 1");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "job-difference");
  }

  @Test
  void anOlderVersionIsStarted() {
    service.job("Older", "SELECT 1", FLEET);
    service.wiring().jobs().update("Older", new JobChange(null, null, null, Map.of("a", "1")));
    Page page = visitor.open(visitor.signedIn(), "/jobs/Older?version=1");
    assertThat(page.locator(".note")).containsText("This is version 1; the job is version 2 now.");
    page.getByText("Start otherwise …").click();
    page.getByLabel("Check logs in").check();
    page.getByText("Start", new Page.GetByTextOptions().setExact(true)).click();

    assertThat(page).hasURL(Pattern.compile(".*/executions/[0-9a-f-]{36}"));
    visitor.open(page, "/jobs/Older");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody tr .badge")).hasText("Check");
    assertThat(page.locator("tbody tr td.number").first()).hasText("1");
  }

  @Test
  void aJobIsDisabledAndEnabled() {
    service.job("Switched", "SELECT 1", FLEET);
    Page page = visitor.open(visitor.signedIn(), "/jobs/Switched");
    page.getByText("Disable").click();
    assertThat(page.locator(".page-header .badge")).hasText("disabled");
    assertThat(
            page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run").setExact(true)))
        .hasCount(0);
    page.getByText("Enable").click();
    assertThat(page.locator(".toast")).containsText("can be started again");
  }

  @Test
  void aJobIsDeletedWhenThatIsMeant() {
    service.job("Doomed", "SELECT 1", FLEET);
    Page page = visitor.open(visitor.signedIn(), "/jobs/Doomed");
    page.getByText("Delete").click();
    assertThat(page.locator("dialog")).containsText("Delete job Doomed?");
    page.locator("dialog").getByText("Delete the job").click();

    assertThat(page).hasURL(Pattern.compile(".*/jobs"));
    assertThat(page.locator(".toast")).containsText("is being deleted");
  }

  @Test
  void aTriggerIsRemovedWhenThatIsMeant() {
    service.job("Unbound", "SELECT 1", FLEET);
    bind("Unbound", "To be unbound");
    Page page = visitor.open(visitor.signedIn(), "/jobs/Unbound");
    page.getByText("Remove trigger To be unbound").locator("..").click();
    page.locator("dialog").getByText("Remove it").click();
    assertThat(page.locator("h1")).hasText("Unbound");
    assertThat(page.locator("main")).containsText("By hand only.");
    assertThat(service.wiring().triggers().list("Unbound", null, null)).isEmpty();
  }

  @Test
  void theyFitAPhone() {
    Page page = visitor.signedIn(Visitor.phone());
    for (String path : List.of("/jobs", "/jobs/Zeta%20fails", "/jobs/Zeta%20fails/start")) {
      visitor.open(page, path);
      assertThat(page.locator(".error-status")).hasCount(0);
      Visitor.assertNothingSticksOut(page);
    }
    visitor.open(page, "/jobs");
    Visitor.photograph(page, "jobs-phone");
  }
}
