package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.edj.content.NewContent;
import dev.edj.content.NewContentVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Scripts and policies are written, read and compared.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentPagesIT {

  private static final String SCRIPT =
      """
      CREATE TABLE a (id int)
      GO
      -- twice
      INSERT INTO a VALUES ($(id))
      GO 2
      """;

  private final PortalService service = PortalService.shared();
  private Visitor visitor;

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    service.wiring().contents().create(new NewContent("two / batches", SCRIPT, "The beginning"));
    service
        .wiring()
        .contents()
        .addVersion(
            "two / batches",
            new NewContentVersion(SCRIPT.replace("twice", "still twice"), "Says more"));
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
  void aContentIsReadWithItsVersionsAndBatches() {
    Page page = visitor.open(visitor.signedIn(), "/contents?name=TWO");
    page.getByText("two / batches").click();

    assertThat(page.locator("h1")).hasText("two / batches");
    assertThat(page.locator(".CodeMirror")).containsText("still twice");
    assertThat(page.locator(".CodeMirror-linenumber").nth(4)).hasText("5");
    assertThat(page.locator(".CodeMirror .cm-keyword").first()).hasText("CREATE");
    assertThat(page.locator(".versions li")).hasCount(2);
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("tbody tr").nth(1)).containsText("INSERT INTO a");
    assertThat(page.locator("tbody tr").nth(1).locator("td").nth(1)).hasText("2");
    assertThat(page.locator("main")).containsText("$(id)");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "content");
  }

  @Test
  void withoutScriptsTheLinesHaveNumbersToo() {
    Page page =
        visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/contents/two%20%2F%20batches");
    assertThat(page.locator("pre.script code")).hasCount(5);
  }

  @Test
  void anotherEngineCutsItOtherwise() {
    service
        .wiring()
        .contents()
        .create(new NewContent("semicolons", "SELECT 1;\nSELECT 2;\n", null));
    Page page = visitor.open(visitor.signedIn(), "/contents/semicolons");
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.getByLabel("By the rules of").selectOption("mysql");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("tbody tr")).hasCount(2);
  }

  @Test
  void twoVersionsAreCompared() {
    Page page = visitor.open(visitor.signedIn(), "/contents/two%20%2F%20batches");
    page.getByText("Compare").click();

    assertThat(page.locator(".difference")).containsText("1 line added, 1 removed.");
    assertThat(page.locator(".line-REMOVED .line-text")).hasText("-- twice");
    assertThat(page.locator(".line-ADDED .line-text")).hasText("-- still twice");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void aContentIsWrittenAndGetsANewVersion() {
    Page page = visitor.open(visitor.signedIn(), "/new/content");
    page.getByLabel("Name").fill("written here");
    page.locator("main button.primary").click();
    assertThat(page.locator("#text-wrong")).containsText("the script is empty");
    assertThat(page.getByLabel("Name")).hasValue("written here");
    write(page, "SELECT 'ä'\nGO");
    Visitor.assertUsableByAll(page);
    page.locator("main button.primary").click();
    assertThat(page.locator("h1")).hasText("written here");

    page.getByText("New version").click();
    write(page, "SELECT 2");
    page.getByLabel("Comment").fill("Other");
    service.wiring().contents().addVersion("written here", new NewContentVersion("SELECT 3", null));
    page.locator("main button.primary").click();
    assertThat(page.locator("#text-wrong")).containsText("somebody made version 2");
    assertThat(page.locator("[name='text']")).hasValue("SELECT 2");
    page.locator("main button.primary").click();
    assertThat(page.locator(".toast")).containsText("Version 3 of written here is saved.");
    assertThat(service.wiring().contents().version("written here", 1).text())
        .isEqualTo("SELECT 'ä'\nGO");
  }

  @Test
  void theTextIsDownloaded() throws IOException {
    Page page = visitor.open(visitor.signedIn(), "/contents/two%20%2F%20batches?version=1");
    Download download = page.waitForDownload(() -> page.getByText("Download").click());
    try (InputStream in = download.createReadStream()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT);
    }
  }

  @Test
  void aContentIsDeletedUnlessAJobUsesIt() {
    service.wiring().contents().create(new NewContent("unused", "SELECT 1", null));
    service.fleet("contents-fleet", 1);
    service.job("used content", "SELECT 1", "contents-fleet");
    Page page = visitor.open(visitor.signedIn(), "/contents/unused");
    page.getByText("Delete").click();
    page.locator("dialog").getByText("Delete the content").click();
    assertThat(page).hasURL(Pattern.compile(".*/contents"));

    visitor.open(page, "/contents/used%20content");
    assertThat(page.locator("main")).containsText("Jobs that use it");
    page.getByText("Delete").click();
    page.locator("dialog").getByText("Delete the content").click();
    assertThat(page.locator("main")).containsText("is used by job");
  }

  @Test
  void aPolicyIsMadeChangedAndDeleted() {
    Page page = visitor.open(visitor.signedIn(), "/policies");
    assertThat(page.locator("tbody")).containsText("Default execution policy");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "policies");
    page.getByText("New policy").click();
    page.getByLabel("Name").fill("patient");
    page.getByLabel("First wait").fill("soon");
    page.locator("main button.primary").click();
    assertThat(page.locator("#initialRetryInterval-wrong"))
        .containsText("'soon' is not a duration");
    Visitor.assertUsableByAll(page);
    page.getByLabel("First wait").fill("1s");
    page.getByLabel("Maximum attempts").fill("4");
    page.locator("main button.primary").click();

    assertThat(page.locator("h1")).hasText("patient");
    assertThat(page.locator("main")).containsText("1s, 2s, 4s");
    page.getByText("Edit").click();
    page.getByLabel("Job time-out").fill("");
    page.locator("main button.primary").click();
    assertThat(page.locator("main")).containsText("none");
    assertThat(service.wiring().policies().named("patient").jobTimeout()).isNull();
    page.getByText("Delete").click();
    page.locator("dialog").getByText("Delete the policy").click();
    assertThat(page.locator(".toast")).containsText("is deleted");
  }

  @Test
  void theyFitAPhone() {
    Page page = visitor.signedIn(Visitor.phone());
    for (String path :
        List.of(
            "/contents",
            "/contents/two%20%2F%20batches",
            "/contents/two%20%2F%20batches/difference",
            "/new/content",
            "/policies",
            "/new/policy")) {
      visitor.open(page, path);
      assertThat(page.locator(".error-status")).hasCount(0);
      Visitor.assertNothingSticksOut(page);
    }
  }

  private static void write(Page page, String script) {
    page.locator(".CodeMirror").click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(script);
  }
}
