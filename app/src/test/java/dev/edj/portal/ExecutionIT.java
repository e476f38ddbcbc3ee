package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.edj.content.NewContent;
import dev.edj.execution.Counts;
import dev.edj.execution.DatabaseFilter;
import dev.edj.execution.JobExecution;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Rollout;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// One execution: it is watched, what failed on it is found, and something is done about it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutionIT {

  private static final String FLEET = "executed";

  private final PortalService service = PortalService.shared();
  private Visitor visitor;
  private Page page;
  private List<String> databases = List.of();
  private JobExecution failed;

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    databases = service.fleet(FLEET, 6).stream().sorted().toList();
    service.job("Fails", failingOn(databases.get(1), databases.get(4)), FLEET);
    failed = service.run("Fails");
    page = visitor.signedIn();
  }

  @AfterAll
  void leave() {
    if (visitor != null) {
      visitor.close();
    }
  }

  /// On line 3, where the message names the database.
  private static String failingOn(String... names) {
    return """
    -- every tenant has a number
    SELECT 1;
    SELECT CASE WHEN current_database() IN ('%s') THEN CAST('no number in ' || current_database() AS int) END;
    """
        .formatted(String.join("', '", names));
  }

  @Test
  void aRunIsWatchedAndTheFailedDatabasesLogIsFound() {
    String broken = databases.get(2);
    service.job("Watched", Gate.SCRIPT + ";\n" + failingOn(broken), FLEET);
    try (Gate gate = Gate.closed(databases)) {
      JobExecution run = service.start("Watched");
      visitor.open(page, "/executions/" + run.id());
      assertThat(cells(page, "P")).hasCount(6);
      assertThat(page.locator(".run-count")).containsText("0 of 6 databases ended");
      gate.openOne();
      assertThat(page.locator(".run-count")).containsText("1 of 6");
      assertThat(cells(page, "S")).hasCount(1);
      assertThat(page.locator("#children .lifecycle-Succeeded")).hasCount(1);
    }

    assertThat(page.locator("#run-head .lifecycle")).hasText("Failed");
    assertThat(cells(page, "S")).hasCount(5);
    assertThat(cells(page, "F")).hasCount(1);
    assertThat(page.locator("#errors .error-count")).hasText(broken);
    page.locator(".legend-entry", new Page.LocatorOptions().setHasText("Failed")).click();
    assertThat(rows(page)).hasCount(1);
    rows(page).locator("a").click();

    assertThat(page.locator("h1")).hasText(broken);
    assertThat(page.locator("#child-message")).containsText("line 4: ");
    assertThat(page.locator("#child-log > .log")).containsText("invalid input syntax");
    assertThat(page.locator(".attempt .lifecycle")).hasText("Failed");
    assertThat(page.locator("#child-batches .lifecycle-Failed")).hasCount(1);
    assertThat(page.locator(".script-failed .script-number")).hasText("4");
    assertThat(page.locator(".script-batch")).hasCount(4);
    assertThat(page.locator(".script-message")).containsText("invalid input syntax");
    page.getByText("See line 4 of the script").click();
    assertThat(page).hasURL(Pattern.compile(".*#line-4"));
    assertThat(page.locator("#line-4")).isInViewport();
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "database");
  }

  @Test
  void aRunOfSeveralStepsIsSeenByStepWithWhatWasGivenAtItsStart() {
    service.wiring().contents().create(new NewContent("Step one", "SELECT '$(mark)'", null));
    NewJobStep first =
        NewJobStep.of("Step one", FLEET, FLEET).name("One").policy(PortalService.ONCE).build();
    NewJobStep second =
        NewJobStep.of("Fails", FLEET, FLEET).name("Two").policy(PortalService.ONCE).build();
    Map<String, @Nullable String> asked = new HashMap<>();
    asked.put("mark", null);
    service
        .wiring()
        .jobs()
        .create(
            new NewJob(
                "In steps",
                null,
                List.of(first, second),
                null,
                asked,
                Map.of("key", "its own"),
                null));
    NewExecution start =
        new NewExecution(null, Map.of("mark", "<given>"), Map.of("key", "top_5ecret"), null);
    JobExecution run = service.wiring().executions().start("In steps", start, "test");
    visitor.open(page, "/executions/" + run.id());

    assertThat(page.locator("#run-head .lifecycle")).hasText("Failed");
    assertThat(page.locator("#run-steps tbody tr")).hasCount(2);
    assertThat(cells(page, "S")).hasCount(10);
    assertThat(cells(page, "F")).hasCount(2);
    assertThat(page.locator(".fleet-name").first()).containsText("Step 1 ");
    assertThat(page.locator("#given dt")).hasText(new String[] {"$(mark)", "$(key)"});
    assertThat(page.locator("#given dd")).hasText(new String[] {"<given>", "secret"});
    assertThat(page.content()).doesNotContain("top_5ecret");
    page.locator("#step").selectOption("Two");
    assertThat(rows(page)).hasCount(6);
    assertThat(page).hasURL(Pattern.compile(".*step=2.*"));
    Visitor.assertUsableByAll(page);
  }

  @Test
  void aMapThatWasReadBeforeThereWereDatabasesIsReadAgain() {
    service.job("Early", Gate.SCRIPT, FLEET);
    try (Gate _ = Gate.closed(databases)) {
      JobExecution run = service.start("Early");
      service.awaitRunning(run.id(), 6);
      String nothing = "{\"groups\": [], \"states\": \"\"}";
      page.route(
          "**/map",
          route ->
              route.fulfill(
                  new Route.FulfillOptions().setContentType("application/json").setBody(nothing)),
          new Page.RouteOptions().setTimes(1));
      visitor.open(page, "/executions/" + run.id());
      assertThat(cells(page, "P")).hasCount(6);
    }
    assertThat(cells(page, "S")).hasCount(6);
  }

  @Test
  void theMapStandsBesideTheTableWhereThereIsRoom() {
    open(failed);
    assertThat(top("#databases")).isLessThan(top("#map") + 5);
    page.setViewportSize(1100, 800);
    assertThat(top("#databases")).isGreaterThan(top("#map") + 50);
    page.setViewportSize(1280, 860);
  }

  private double top(String section) {
    return requireNonNull(page.locator(section).boundingBox()).y;
  }

  @Test
  void aDatabaseIsWatchedWhileItRuns() {
    service.job(
        "Tells", "DO $$ BEGIN RAISE NOTICE 'it begins'; END $$;\n\\;\n" + Gate.SCRIPT, FLEET);
    try (Gate _ = Gate.closed(databases)) {
      JobExecution run = service.start("Tells");
      service.awaitRunning(run.id(), 6);
      visitor.open(page, "/executions/" + child(run, databases.getFirst()));
      assertThat(page.locator("#child-head .lifecycle")).hasText("InProgress");
      assertThat(page.locator("#child-log")).containsText("it begins");
    }
    assertThat(page.locator("#child-head .lifecycle")).hasText("Succeeded");
    assertThat(page.locator("#child-batches .lifecycle-Succeeded")).hasCount(2);
  }

  @Test
  void errorsThatSayTheSameAreOneLineThatLeadsToItsDatabases() {
    open(failed);
    assertThat(page.locator(".error-group")).hasCount(1);
    assertThat(page.locator(".error-message")).containsText("\"no number in …\"");
    page.locator(".error-count", new Page.LocatorOptions().setHasText("2 databases")).click();

    assertThat(page).hasURL(Pattern.compile(".*[?]error=.*#databases"));
    assertThat(rows(page)).hasCount(2);
    assertThat(rows(page).first()).containsText(databases.get(1));
    assertThat(rows(page).last()).containsText(databases.get(4));
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "execution");
  }

  @Test
  void theTableIsFilteredWithoutAReloadAndTheAddressSaysHow() {
    open(failed);
    page.evaluate("() => { window.stayed = true; }");
    assertThat(rows(page)).hasCount(6);

    page.locator("#name").fill(databases.get(3));
    assertThat(rows(page)).hasCount(1);
    assertThat(page).hasURL(Pattern.compile(".*[?]name=[^&]*$"));
    page.locator("#lifecycle").selectOption("Failed");
    assertThat(page.locator("#children .empty")).containsText("No database fits");
    page.locator("#name").fill("");
    assertThat(rows(page)).hasCount(2);
    assertThat(page.locator(".fleet")).hasAttribute("data-only", "F");
    page.locator("#error").fill("INVALID input*no number");
    assertThat(page).hasURL(Pattern.compile(".*error=INVALID.*"));
    assertThat(rows(page)).hasCount(2);
    assertThat((Boolean) page.evaluate("() => window.stayed === true")).isTrue();

    page.reload();
    assertThat(rows(page)).hasCount(2);
    assertThat(page.locator("#lifecycle")).hasValue("Failed");
    page.locator("#server").fill("a b");
    assertThat(page.locator("#children .refusal")).containsText("server");
  }

  @Test
  void theNextFailedDatabaseIsOneStepAway() {
    visitor.open(page, "/executions/" + child(failed, databases.get(1)));
    page.getByText("Failed next").click();
    assertThat(page.locator("h1")).hasText(databases.get(4));
    assertThat(page.getByText("Failed next")).hasCount(0);
    page.getByText("Failed before").click();
    assertThat(page.locator("h1")).hasText(databases.get(1));
  }

  @Test
  void theMapIsWalkedByKeysAndOpensADatabase() {
    open(failed);
    assertThat(page.locator(".fleet[data-drawn='6']")).hasCount(1);
    Locator first = page.locator(".fleet .cell").first();
    first.focus();
    assertThat(page.locator(".fleet .cell[tabindex='0']")).hasCount(1);
    page.keyboard().press("n");
    assertThat(focused(page)).hasAttribute("aria-label", databases.get(1) + ", Failed");
    assertThat(page.locator(".fleet-tip")).containsText(databases.get(1) + " · Failed");
    page.keyboard().press("End");
    page.keyboard().press("ArrowLeft");
    assertThat(focused(page)).hasAttribute("aria-label", databases.get(4) + ", Failed");
    page.keyboard().press("Home");
    page.keyboard().press("ArrowRight");
    page.keyboard().press("Enter");

    assertThat(page.locator("h1")).hasText(databases.get(1));
  }

  @Test
  void aRunIsStoppedAfterAQuestion() {
    service.job("Stopped", Gate.SCRIPT, FLEET);
    try (Gate _ = Gate.closed(databases)) {
      JobExecution run = service.start("Stopped");
      service.awaitRunning(run.id(), 6);
      open(run);
      page.getByText("Stop", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator("dialog")).isVisible();
      page.getByText("No, go back").click();
      assertThat(page.locator("dialog")).isHidden();
      page.getByText("Stop", new Page.GetByTextOptions().setExact(true)).click();
      page.getByText("Stop it", new Page.GetByTextOptions().setExact(true)).click();

      assertThat(page.locator(".toast")).containsText("stopped");
      assertThat(page.locator("#run-head .lifecycle")).hasText("Canceled");
      assertThat(cells(page, "X")).hasCount(6);
    }
  }

  @Test
  void oneDatabaseIsStoppedAndTheOthersGoOn() {
    service.job("Stopped once", Gate.SCRIPT, FLEET);
    JobExecution run;
    try (Gate _ = Gate.closed(databases)) {
      run = service.start("Stopped once");
      service.awaitRunning(run.id(), 6);
      visitor.open(page, "/executions/" + child(run, databases.get(5)));
      page.getByText("Stop", new Page.GetByTextOptions().setExact(true)).click();
      page.getByText("Stop it here").click();
      assertThat(page.locator("#child-head .lifecycle")).hasText("Canceled");
    }
    assertThat(ended(run.id()).succeeded()).isEqualTo(5);
  }

  @Test
  void theNextWaveIsApproved() {
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
                new Rollout(List.of("2"), null, true, null)));
    open(service.start("In waves"));
    assertThat(page.locator(".wave-waits-for-approval")).containsText("Wave 2");
    assertThat(page.locator(".run-waits")).containsText("approval of wave 2 of 2");
    page.getByText("Approve wave 2").first().click();
    assertThat(page.locator("dialog")).containsText("2 of 6 ended: 2 succeeded");
    page.locator("dialog button").click();

    assertThat(page.locator(".toast")).containsText("Wave 2 begins");
    assertThat(page.locator("#run-head .lifecycle")).hasText("Succeeded");
    assertThat(page.locator(".wave-ended")).hasCount(2);
  }

  @Test
  void whatFailedIsRetriedWithoutScripts() {
    Page plain =
        visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/executions/" + failed.id());
    plain.getByText("Retry 2 failed").click();
    assertThat(plain.locator(".ask")).containsText("2 of 6");
    plain.locator(".ask button").click();

    assertThat(plain.locator(".toast")).containsText("A new execution has begun");
    assertThat(plain).not().hasURL(Pattern.compile(".*" + failed.id()));
    String there = plain.url();
    UUID retry = UUID.fromString(there.substring(there.lastIndexOf('/') + 1));
    assertThat(ended(retry).total()).isEqualTo(2);
  }

  @Test
  void whatCanNoLongerBeDoneIsSaid() {
    service.job("Fine", "SELECT 1", FLEET);
    JobExecution run = service.run("Fine");
    open(run);
    assertThat(page.locator(".page-actions a")).hasText(new String[] {"Events"});
    visitor.open(page, "/executions/" + run.id() + "/retry");
    page.locator(".ask button").click();
    assertThat(page.locator(".toast")).containsText("every child of execution");
  }

  @Test
  void resultsAreShownDownloadedAndCompared() throws IOException {
    String odd = databases.get(3);
    service.job(
        "Returns",
        """
        SELECT n, CASE WHEN current_database() = '%s' AND n = 2 THEN 'odd <b>' END AS word
        FROM generate_series(1, 3) n
        """
            .formatted(odd),
        FLEET);
    open(service.run("Returns"));
    page.getByText("Results", new Page.GetByTextOptions().setExact(true)).click();
    Locator rows = page.locator("table.results tbody tr");
    assertThat(rows).hasCount(18);
    assertThat(page.locator("table.results thead th").last()).hasText("word");
    assertThat(rows.first().locator(".null")).hasText("NULL");
    assertThat(page.locator("table.results")).containsText("odd <b>");
    Visitor.assertUsableByAll(page);

    Download csv = page.waitForDownload(() -> page.getByText("CSV").click());
    assertThat(csv.suggestedFilename()).endsWith(".csv");
    assertThat(Files.readAllLines(csv.path()))
        .hasSize(19)
        .first()
        .isEqualTo("server,database,n,word");
    Download parquet = page.waitForDownload(() -> page.getByText("Parquet").click());
    assertThat(Files.size(parquet.path())).isGreaterThan(100);
    Download lines = page.waitForDownload(() -> page.getByText("JSON lines").click());
    assertThat(Files.readAllLines(lines.path())).hasSize(18);

    page.getByText("Comparison").click();
    assertThat(page.locator(".group").first()).containsText("5 databases");
    Locator other = page.locator(".group").last();
    assertThat(other).containsText(odd);
    assertThat(other.locator(".only-here")).containsText("odd <b>");
    assertThat(other.locator(".only-there")).containsText("NULL");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "comparison");
  }

  @Test
  void whereThereAreNoRowsItIsSaid() {
    visitor.open(page, "/executions/" + service.run("Fails").id() + "/results");
    assertThat(page.locator("h1")).hasText("Fails");
    visitor.open(page, "/executions/" + UUID.randomUUID());
    assertThat(page.locator("h1")).hasText("Not Found");
  }

  @Test
  void itCanBeReadWithoutScripts() {
    Page plain =
        visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/executions/" + failed.id());
    assertThat(plain.locator("#run-servers tbody tr")).hasCount(1);
    assertThat(plain.locator("#run-servers")).containsText("6 of 6 ended");
    assertThat(plain.locator(".fleet")).isHidden();
    plain.locator("#error").fill("no number");
    plain.getByText("Filter", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(rows(plain)).hasCount(2);
    rows(plain).first().locator("a").click();
    assertThat(plain.locator(".script-failed code")).containsText("CAST(");
    assertThat(plain.locator("#child-log > .log")).isVisible();
  }

  @Test
  void itFitsAPhone() {
    Page phone = visitor.open(visitor.signedIn(Visitor.phone()), "/executions/" + failed.id());
    assertThat(phone.locator(".fleet[data-drawn]")).isVisible();
    Visitor.assertNothingSticksOut(phone);
    Visitor.photograph(phone, "execution-phone");
    visitor.open(phone, "/executions/" + child(failed, databases.get(1)));
    Visitor.assertNothingSticksOut(phone);
    Visitor.photograph(phone, "database-phone");
  }

  private Counts ended(UUID run) {
    return requireNonNull(service.awaitEnd(run).children());
  }

  private void open(JobExecution run) {
    visitor.open(page, "/executions/" + run.id());
  }

  private UUID child(JobExecution run, String database) {
    return service
        .wiring()
        .runDatabases()
        .page(run.id(), new DatabaseFilter(null, null, null, database, null, null, 1))
        .items()
        .getFirst()
        .id();
  }

  private static Locator rows(Page page) {
    return page.locator("#children tbody tr");
  }

  private static Locator cells(Page page, String letter) {
    return page.locator(".fleet .cell-" + letter);
  }

  private static Locator focused(Page page) {
    return page.locator(".fleet .cell:focus");
  }
}
