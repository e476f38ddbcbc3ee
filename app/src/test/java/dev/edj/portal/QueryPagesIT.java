package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A fleet is asked, and answers as it comes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPagesIT {

  private static final String FLEET = "asked";

  private final PortalService service = PortalService.shared();
  private Visitor visitor;
  private List<String> databases = List.of();

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    databases = service.fleet(FLEET, 3);
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
  void everyDatabasesRowsAreShownWithItsName() {
    Page page = visitor.open(visitor.signedIn(), "/query");
    assertThat(page.locator(".reads-only")).containsText("It reads only.");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "query");
    ask(page, "SELECT current_database() AS name, 7 AS seven, NULL AS nothing");

    assertThat(page).hasURL(Pattern.compile(".*/query/[0-9a-f-]{36}"));
    assertThat(page.locator(".rows tbody tr")).hasCount(3);
    for (String database : databases) {
      assertThat(page.locator(".rows")).containsText(database);
    }
    assertThat(page.locator(".rows tbody tr").first().locator("td").nth(2)).hasText("NULL");
    assertThat(page.locator("#query-progress .lifecycle")).hasText("Succeeded");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "query-answer");
  }

  @Test
  void rowsComeWhileOtherDatabasesStillWork() {
    Page page = visitor.open(visitor.signedIn(), "/query");
    try (Gate gate = Gate.closed(List.of(databases.getFirst()))) {
      ask(page, Gate.SCRIPT + ", current_database() AS name");
      assertThat(page.locator(".rows tbody tr")).hasCount(2);
      assertThat(page.locator("#query-progress")).containsText("2 of 3 ended");
      gate.openOne();
      assertThat(page.locator(".rows tbody tr")).hasCount(3);
      assertThat(page.locator("#query-progress .lifecycle")).hasText("Succeeded");
    }
  }

  @Test
  void itIsCanceled() {
    Page page = visitor.open(visitor.signedIn(), "/query");
    try (Gate _ = Gate.closed(databases)) {
      ask(page, Gate.SCRIPT);
      page.getByText("Cancel").click();
      page.locator("dialog").getByText("Cancel it").click();
      assertThat(page.locator("#query-progress .lifecycle")).hasText("Canceled");
    }
  }

  @Test
  void whatFailedForTheSameReasonStandsTogether() {
    Page page = visitor.open(visitor.signedIn(), "/query");
    ask(page, "SELECT 1/0");
    assertThat(page.locator(".failures li")).hasCount(1);
    assertThat(page.locator(".failures")).containsText("3 databases");
    assertThat(page.locator(".failures")).containsText("division by zero");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void itWritesOnlyWhenThatIsTicked() {
    Page page = visitor.open(visitor.signedIn(), "/query");
    ask(page, "CREATE TABLE written (id int)");
    assertThat(page.locator(".failures")).containsText("read-only");

    visitor.open(page, "/query");
    page.getByLabel("Let it write").check();
    ask(page, "CREATE TABLE written (id int)");
    assertThat(page.locator("#query-progress .lifecycle")).hasText("Succeeded");
    assertThat(page.locator(".page-header .badge")).hasText("writes");
  }

  @Test
  void whatIsWrongIsSaidBesideItsField() {
    Page page = visitor.open(visitor.signedIn(), "/query");
    page.getByText("Limits").click();
    page.getByLabel("Longest time").fill("long");
    ask(page, "SELECT 1");
    assertThat(page.locator("#timeout-wrong")).containsText("'long' is not a duration");
    assertThat(page.locator("[name='script']")).hasValue("SELECT 1");
  }

  @Test
  void withoutScriptsItAnswersToo() throws IOException {
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/query");
    page.locator("[name='script']").fill("SELECT current_database() AS name");
    page.getByLabel("Target").fill(FLEET);
    page.getByLabel("Credential").selectOption(FLEET);
    page.getByText("Ask them all").click();
    String id = page.url().substring(page.url().lastIndexOf('/') + 1);
    service.awaitEnd(UUID.fromString(id));
    page.reload();

    assertThat(page.locator(".rows tbody tr")).hasCount(3);
    Download download = page.waitForDownload(() -> page.getByText("CSV").click());
    try (InputStream in = download.createReadStream()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()).hasSize(4);
    }
  }

  @Test
  void theyFitAPhone() {
    Page page = visitor.open(visitor.signedIn(Visitor.phone()), "/query");
    Visitor.assertNothingSticksOut(page);
    ask(page, "SELECT repeat('long ', 100) AS a, repeat('x', 300) AS b");
    assertThat(page.locator(".rows tbody tr")).hasCount(3);
    Visitor.assertNothingSticksOut(page);
  }

  private static void ask(Page page, String script) {
    page.locator(".CodeMirror").click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(script);
    page.getByLabel("Target").fill(FLEET);
    page.getByLabel("Credential").selectOption(FLEET);
    page.getByText("Ask them all").click();
  }
}
