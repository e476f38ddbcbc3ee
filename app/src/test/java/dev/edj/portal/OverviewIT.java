package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.edj.execution.JobExecution;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The overview shows how things stand, and goes on by itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewIT {

  private final PortalService service = PortalService.shared();
  private Visitor visitor;
  private List<String> databases = List.of();

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    databases = service.fleet("overview", 3);
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
  void anExecutionComesMovesAndGoesWithoutAReload() {
    service.job("Moves", Gate.SCRIPT, "overview");
    Page page = visitor.signedIn();
    assertThat(run(page, "Moves")).hasCount(0);

    try (Gate gate = Gate.closed(databases)) {
      service.start("Moves");
      assertThat(run(page, "Moves")).containsText("0 of 3 ended: 3 running");
      gate.openOne();
      assertThat(run(page, "Moves")).containsText("1 of 3 ended: 1 succeeded, 2 running");
      Visitor.assertUsableByAll(page);
      Visitor.photograph(page, "overview");
    }

    assertThat(run(page, "Moves")).hasCount(0);
  }

  @Test
  void whatFailedIsShownWithHowMuchOfIt() {
    service.job("Breaks", "SELECT 1/0", "overview");
    Page page = visitor.signedIn();

    JobExecution ended = service.run("Breaks");

    Locator row = page.locator("#failed tr", new Page.LocatorOptions().setHasText("Breaks"));
    assertThat(row).containsText("3 of 3 failed");
    assertThat(row.locator(".lifecycle")).hasText("Failed");
    assertThat(row.locator("a")).hasAttribute("href", "/executions/" + ended.id());
  }

  @Test
  void whatIsDueIsShownWithItsTimeHereAndInUtc() {
    // Soon, because the overview shows a few only, and other tests plan something, too.
    Instant soon = Instant.now().plusSeconds(90).truncatedTo(ChronoUnit.SECONDS);
    service.job("Nightly work", "SELECT 1", "overview");
    service
        .wiring()
        .schedules()
        .create(
            new NewSchedule(
                "At the end",
                new NewScheduleRule(
                    "Once", null, soon.toString(), null, null, null, null, null, null, null)));
    service
        .wiring()
        .triggers()
        .create(new NewTrigger("Nightly work", "At the end", null, null, null, null, null));

    Page page = visitor.signedIn();

    Locator line = page.locator("#due li", new Page.LocatorOptions().setHasText("Nightly work"));
    assertThat(line.locator("time")).hasText(soon.toString().replace('T', ' '));
    assertThat(line.locator(".local-time"))
        .containsText(soon.atZone(ZoneId.of("Europe/Brussels")).toLocalTime() + " local");
  }

  @Test
  void itFitsAPhone() {
    Page page = visitor.signedIn(Visitor.phone());
    assertThat(page.locator("h1")).hasText("Overview");
    Visitor.assertNothingSticksOut(page);
  }

  @Test
  void itCanBeReadWithoutScripts() {
    Page page = visitor.signedIn(Visitor.withoutScripts());
    assertThat(page.locator("#nodes .lifecycle").first()).hasText("Active");
  }

  private static Locator run(Page page, String job) {
    return page.locator("#active .run", new Page.LocatorOptions().setHasText(job));
  }
}
