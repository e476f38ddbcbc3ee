package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.edj.schedule.EndCondition;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Trigger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Schedules are made with a preview, bound to jobs, and seen on a calendar.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchedulePagesIT {

  private final PortalService service = PortalService.shared();
  private Visitor visitor;

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    service.fleet("planned", 1);
    for (String job : List.of("Nightly rebuild", "Report", "Every minute")) {
      service.job(job, "SELECT 1", "planned");
    }
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
  void aScheduleIsPreviewedCreatedBoundAndDisabled() {
    Page page = visitor.open(visitor.signedIn(), "/new/schedule");
    page.getByLabel("Name").fill("Office / hours");
    for (String day : List.of("Mon", "Tue", "Wed", "Thu", "Fri")) {
      page.getByLabel(day, label()).check();
    }
    page.getByLabel("Time zone").fill("Europe/Brussels");
    page.getByLabel("Times", label()).fill("25:00");
    assertThat(page.locator(".preview")).containsText("times: '25:00' is not a time of the day");
    page.getByLabel("Times", label()).fill("22:00");
    assertThat(page.locator(".preview .rule")).hasText("weekdays at 22:00 Europe/Brussels");
    assertThat(page.locator(".preview li")).hasCount(10);
    assertThat(page.locator(".preview li", has("Sat "))).hasCount(0);
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "schedule-new");

    page.getByText("Create", exact()).click();
    assertThat(page.locator("p.rule")).hasText("weekdays at 22:00 Europe/Brussels");
    assertThat(page.locator(".firings li")).hasCount(10);
    page.getByText("25", exact()).click();
    assertThat(page.locator(".firings li")).hasCount(25);

    page.getByLabel("Job", label()).fill("Report");
    page.getByLabel("When it still runs").selectOption("Queue");
    page.getByText("Bind", exact()).click();
    assertThat(page.locator(".toast"))
        .containsText("Report is started by schedule Office / hours.");
    Locator row = page.locator("tbody tr", has("Report"));
    assertThat(row).containsText("Queue");
    row.getByText("Disable").click();
    assertThat(row).containsText("disabled");
    row.getByText("Enable").click();
    assertThat(row).containsText("enabled");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "schedule");

    page.getByText("Delete", exact()).click();
    button(page, "Delete it").click();
    assertThat(page.locator(".refusal")).containsText("the trigger of job 'Report'");

    page.locator("tbody tr", has("Report")).getByText("Remove").click();
    button(page, "Remove it").click();
    page.getByText("Delete", exact()).click();
    button(page, "Delete it").click();
    assertThat(page.locator(".toast")).containsText("Schedule Office / hours is deleted.");
  }

  @Test
  void allWaysToRepeatAreMadeAndChanged() {
    Page page = visitor.signedIn(Visitor.withoutScripts());
    visitor.open(page, "/new/schedule");
    page.getByLabel("Name").fill("Month ends");
    page.getByLabel("at intervals").check();
    page.getByLabel("Unit").selectOption("Months");
    page.getByLabel("Start").fill("2027-01-31 06:00");
    page.getByText("Preview", exact()).click();
    assertThat(page.locator(".preview li").nth(1)).containsText("2027-02-28 06:00:00Z");
    assertThat(page.getByLabel("Name")).hasValue("Month ends");
    assertThat(page.url()).doesNotContain("_csrf");
    page.getByText("Create", exact()).click();
    assertThat(page.locator("p.rule")).containsText("every month on day 31 or the last at 06:00");

    page.getByText("Edit", exact()).click();
    assertThat(page.getByLabel("Start")).hasValue("2027-01-31T06:00");
    page.getByLabel("at intervals").check();
    page.getByLabel("Every", label()).fill("5");
    page.getByLabel("Unit").selectOption("Minutes");
    page.getByLabel("Only from").fill("01:00");
    page.getByText("Save", exact()).click();
    assertThat(page.locator("#windowTo-wrong")).isVisible();
    assertThat(page.getByLabel("Only from")).hasValue("01:00");
    page.getByLabel("Only to").fill("07:00");
    page.getByText("Save", exact()).click();
    assertThat(page.locator("p.rule")).containsText("every 5 minutes between 01:00 and 07:00");

    page.getByText("Edit", exact()).click();
    page.getByLabel("by a cron expression").check();
    page.getByLabel("Cron expression", label()).fill("0 4 * * 1");
    page.getByLabel("Only from").fill("");
    page.getByLabel("Only to").fill("");
    page.getByLabel("End").fill("2028-01-01");
    page.getByText("Save", exact()).click();
    assertThat(page.locator("p.rule")).containsText("cron 0 4 * * 1");
    assertThat(page.locator("p.rule")).containsText("until 2028-01-01");

    page.getByText("Edit", exact()).click();
    page.getByLabel("once").check();
    page.getByLabel("Start").fill("2001-01-01");
    page.getByText("Save", exact()).click();
    assertThat(page.locator("#start-wrong")).containsText("has passed");
    page.getByLabel("Start").fill("2030-01-01 12:00");
    page.getByText("Save", exact()).click();
    assertThat(page.locator("p.rule")).containsText("once at 2030-01-01 12:00");
    assertThat(page.locator(".firings li")).hasCount(1);
  }

  @Test
  void theCalendarHasThemOnTheirDaysOverTheChangeOfTheClock() {
    schedule("At midnight", rule("every day", "00:30", "Europe/Brussels"));
    schedule("Of weekdays", rule("weekdays", "22:00", "Europe/Brussels"));
    schedule(
        "By the minute",
        new NewScheduleRule(
            "minute", null, "2027-03-01", null, null, null, null, null, null, null));
    bind("Nightly rebuild", "At midnight");
    bind("Nightly rebuild", "Of weekdays");
    bind("Every minute", "By the minute");

    Page page = visitor.signedIn();
    visitor.open(page, "/schedule-calendar?day=2027-03-15&zone=Europe/Brussels");
    assertThat(page.locator("#calendar-title")).hasText("March 2027");
    assertThat(day(page, "2027-03-28").locator(".change")).hasText("02:00 → 03:00");
    assertThat(day(page, "2027-03-27").locator(".change")).hasCount(0);
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "calendar");

    // A month shows a few of each day only, and other tests plan something, too.
    visitor.open(page, "/schedule-calendar?view=week&day=2027-03-26&zone=Europe/Brussels");
    assertThat(day(page, "2027-03-27")).not().containsText("22:00");
    assertThat(day(page, "2027-03-26")).containsText("22:00 Nightly rebuild");
    assertThat(day(page, "2027-03-28")).containsText("300+×");
    assertThat(atMidnight(page, "2027-03-28"))
        .hasAttribute("title", "At midnight, 00:30, 23:30Z UTC");
    assertThat(page.locator("#day-2027-03-26")).containsText("22:00 21:00Z Nightly rebuild");
    visitor.open(page, "/schedule-calendar?view=week&day=2027-03-29&zone=Europe/Brussels");
    assertThat(atMidnight(page, "2027-03-29"))
        .hasAttribute("title", "At midnight, 00:30, 22:30Z UTC");
    assertThat(page.locator("#day-2027-03-29")).containsText("22:00 20:00Z Nightly rebuild");

    visitor.open(page, "/schedule-calendar?day=2027-03-28");
    assertThat(page.locator("#day-2027-03-28"))
        .containsText(Pattern.compile("22:30.*Nightly rebuild", Pattern.DOTALL));
    assertThat(page.locator("#day-2027-03-27"))
        .containsText(Pattern.compile("23:30.*Nightly rebuild", Pattern.DOTALL));

    page.getByText("Week", exact()).click();
    assertThat(page.locator(".calendar tbody tr")).hasCount(1);
    page.getByLabel("The next week").click();
    assertThat(page.locator("#calendar-title")).hasText("Week 13, March 2027");
    page.getByText("Europe/Brussels", exact()).click();
    assertThat(page).hasURL(Pattern.compile(".*zone=Europe%2FBrussels.*"));
    Visitor.assertUsableByAll(page);
  }

  @Test
  void whatWasMissedIsMarked() {
    schedule("Missed once", rule("Mon", "03:00", null));
    long trigger = bind("Report", "Missed once").id();
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    service
        .controlDatabase()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO firing (trigger_id, planned_at, reason)
                    VALUES (:trigger, CAST(:day AS timestamptz), 'no node was there')
                    """)
                .bind("trigger", trigger)
                .bind("day", yesterday + " 03:00Z")
                .execute());

    Page page = visitor.open(visitor.signedIn(), "/schedule-calendar?day=" + yesterday);
    assertThat(day(page, yesterday.toString()).locator(".entry-Missed"))
        .containsText("03:00 Report");
    assertThat(page.locator("#day-" + yesterday)).containsText("no node was there");
    visitor.open(page, "/triggers/" + trigger);
    assertThat(page.locator("tbody tr")).containsText("no node was there");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void aJobFollowsAnother() {
    Page page = visitor.open(visitor.signedIn(), "/new/trigger?by=after");
    page.getByLabel("Job to start").fill("Report");
    page.getByLabel("After job").fill("Report");
    page.getByLabel("When that ends with").selectOption("Failure");
    page.getByText("Create", exact()).click();
    assertThat(page.locator("#after-wrong")).isVisible();
    assertThat(page.getByLabel("When that ends with")).hasValue("Failure");
    Visitor.assertUsableByAll(page);

    page.getByLabel("After job").fill("Nightly rebuild");
    page.getByText("Create", exact()).click();
    assertThat(page.locator(".toast"))
        .containsText("Report is started when Nightly rebuild has failed.");
    Locator row = page.locator("tbody tr", has("Failure"));
    row.getByText("Details").click();
    page.getByLabel("When that ends with").selectOption("Success");
    page.getByText("Save", exact()).click();
    assertThat(page.locator("p.rule")).containsText("when Nightly rebuild has succeeded");

    service.run("Nightly rebuild");
    page.waitForCondition(() -> {
      page.reload();
      return page.locator("a.entry-Started").count() == 1;
    });
    visitor.open(page, "/triggers");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "triggers");
    page.locator("tbody tr", has("Success")).getByText("Remove").click();
    button(page, "Remove it").click();
    assertThat(page.locator(".toast")).containsText("The trigger of Report is removed.");
    assertThat(
            service.wiring().triggers().list("Report", null, "Nightly rebuild").stream()
                .filter(trigger -> trigger.on() == EndCondition.Success))
        .isEmpty();
  }

  @Test
  void theyFitAPhone() {
    schedule("For phones", rule("weekdays", "12:00,13:30,15:45", "America/Argentina/Buenos_Aires"));
    bind("Nightly rebuild", "For phones");
    Page page = visitor.signedIn(Visitor.phone());
    for (String path :
        List.of(
            "/schedules",
            "/new/schedule",
            "/schedules/For%20phones",
            "/triggers",
            "/new/trigger",
            "/schedule-calendar?view=week",
            "/schedule-calendar?zone=Europe/Brussels")) {
      visitor.open(page, path);
      Visitor.assertNothingSticksOut(page);
    }
    Visitor.photograph(visitor.open(visitor.signedIn(), "/schedules"), "schedules");
  }

  private void schedule(String name, NewScheduleRule rule) {
    service.wiring().schedules().create(new NewSchedule(name, rule));
  }

  private static NewScheduleRule rule(String days, String times, @Nullable String zone) {
    return new NewScheduleRule(null, null, null, null, null, days, times, zone, null, null);
  }

  private Trigger bind(String job, String schedule) {
    return service
        .wiring()
        .triggers()
        .create(new NewTrigger(job, schedule, null, null, null, null, null));
  }

  private static Locator atMidnight(Page page, String day) {
    return day(page, day).locator(".entry").filter(new Locator.FilterOptions().setHasText("00:30"));
  }

  private static Locator day(Page page, String date) {
    return page.locator(
        ".calendar td",
        new Page.LocatorOptions().setHas(page.locator("time[datetime=\"%s\"]".formatted(date))));
  }

  /// By its role: the texts around may say the same together.
  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Page.GetByTextOptions exact() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Page.GetByLabelOptions label() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Page.LocatorOptions has(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
