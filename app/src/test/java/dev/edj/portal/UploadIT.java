package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.content.Packages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Data-tier packages are sent by a browser, looked at, and compared.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("uploads of the shared portal")
class UploadIT {

  private static final String OPTIONS =
      """
      <Element Type="SqlDatabaseOptions"><Property Name="Collation" Value="Latin1_General_CI_AS"/></Element>
      """;
  private static final String SCHEMA =
      """
      <Element Type="SqlSchema" Name="[sales]"><Relationship Name="Authorizer"><Entry><References ExternalSource="BuiltIns" Name="[dbo]"/></Entry></Relationship></Element>
      """;
  private static final byte[] EMPTY = dev.edj.dacpac.Packages.with(OPTIONS).bytes();
  private static final byte[] WITH_SCHEMA =
      dev.edj.dacpac.Packages.with(OPTIONS + SCHEMA).part("postdeploy.sql", "PRINT 'done'").bytes();

  private final PortalService service = PortalService.shared();
  private final Contents contents = service.wiring().contents();
  private Visitor visitor;

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
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
  void aPackageIsSentAndShownWithWhatIsInIt() throws IOException {
    Page page = blank(visitor.signedIn());
    page.getByLabel("Name").fill("Orders / sent");
    choose(page, WITH_SCHEMA);
    page.getByLabel("Comment").fill("From the build");
    assertThat(page.locator(".CodeMirror")).isHidden();
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "content-upload");
    save(page).click();

    assertThat(page.locator(".toast")).containsText("Content Orders / sent is saved.");
    assertThat(page.locator("h1")).hasText("Orders / sent");
    ContentVersion kept = contents.version("Orders / sent", null);
    assertThat(kept.comment()).isEqualTo("From the build");
    assertThat(page.locator("dl.details")).containsText(Objects.requireNonNull(kept.sha256()));
    assertThat(page.locator("dl.details")).containsText("SQL Server 2016");
    assertThat(page.locator("dl.details")).containsText("after the deployment");
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("tbody")).containsText("SqlSchema");
    Visitor.assertUsableByAll(page);
    page.locator(".toast").getByText("Close").click();
    Visitor.photograph(page, "content-package");
    Download download = page.waitForDownload(() -> page.getByText("Download").click());
    try (InputStream in = download.createReadStream()) {
      assertThat(in.readAllBytes()).isEqualTo(WITH_SCHEMA);
    }
  }

  @Test
  void aDamagedPackageIsRefusedWithTheReasonBesideIt() {
    Page page = blank(visitor.signedIn());
    page.getByLabel("Name").fill("damaged");
    choose(page, dev.edj.dacpac.Packages.with(OPTIONS).checksum("00").bytes());
    page.getByLabel("Comment").fill("Still here");
    save(page).click();

    assertThat(page.locator("#dacpac-wrong")).containsText("checksum");
    assertThat(page.locator("#dacpac-hint")).containsText("Choose it again");
    assertThat(page.getByLabel("Name")).hasValue("damaged");
    assertThat(page.getByLabel("Comment")).hasValue("Still here");
    Visitor.assertUsableByAll(page);
    choose(page, EMPTY);
    save(page).click();
    assertThat(page.locator("h1")).hasText("damaged");
  }

  @Test
  void withoutAFileOneIsAskedFor() {
    Page page = blank(visitor.signedIn());
    page.getByLabel("Name").fill("no file");
    save(page).click();
    assertThat(page.locator("#dacpac-wrong")).hasText("choose a file");
  }

  @Test
  void aPackageThatIsTooLargeIsToldOfBeforeItIsSent() {
    Page page = blank(visitor.signedIn());
    page.getByLabel("Name").fill("too large");
    page.onRequest(request -> assertThat(request.method()).isEqualTo("GET"));
    choose(page, new byte[Packages.LARGEST_BYTES + 1]);
    assertThat(page.locator("#dacpac-wrong")).hasText("the file is larger than 24 MiB");
    save(page).click();
    assertThat(file(page)).isFocused();
    assertThat(page).hasURL(service.url("/new/content").toString());
  }

  @Test
  void withoutScriptsItIsSentAndRefused() {
    Page page = blank(visitor.signedIn(Visitor.withoutScripts()));
    page.getByLabel("Name").fill("too large");
    choose(page, new byte[Packages.LARGEST_BYTES + 1]);
    save(page).click();
    assertThat(page.locator("#dacpac-wrong")).hasText("the package is larger than 24 MiB");
    assertThat(page.getByLabel("Name")).hasValue("too large");
    choose(page, EMPTY);
    page.getByLabel("Name").fill("sent without scripts");
    save(page).click();
    assertThat(page.locator("h1")).hasText("sent without scripts");
  }

  @Test
  void aFormOfAnotherSessionIsRefused() {
    Page page = blank(visitor.signedIn());
    page.getByLabel("Name").fill("other session");
    choose(page, EMPTY);
    page.locator("main form [name='_csrf']").evaluate("token => { token.value = 'other' }");
    save(page).click();
    assertThat(page.locator(".error-status")).hasText("403");
    assertThat(page.locator("main")).containsText("Nothing was changed");
  }

  @Test
  void twoSendAtOnce() {
    Page one = filled("at once 1");
    Page other = filled("at once 2");
    // Without waiting for what comes back.
    save(one).evaluate("button => { button.form.requestSubmit(button) }");
    save(other).evaluate("button => { button.form.requestSubmit(button) }");
    assertThat(one.locator("h1")).hasText("at once 1");
    assertThat(other.locator("h1")).hasText("at once 2");
    assertThat(contents.version("at once 1", null).sha256())
        .isEqualTo(contents.version("at once 2", null).sha256());
  }

  @Test
  void aNewVersionIsSentUnlessSomebodyWasFaster() throws IOException {
    contents.createDacpac("versions", new ByteArrayInputStream(EMPTY), "The beginning");
    Page page = visitor.open(visitor.signedIn(), "/contents/versions");
    page.getByText("New version").click();
    assertThat(page.locator("[name='text']")).hasCount(0);
    choose(page, WITH_SCHEMA);
    contents.addDacpacVersion("versions", new ByteArrayInputStream(EMPTY), null, null);
    save(page).click();

    assertThat(page.locator("#dacpac-wrong")).containsText("somebody made version 2");
    choose(page, WITH_SCHEMA);
    save(page).click();
    assertThat(page.locator(".toast")).containsText("Version 3 of versions is saved.");
    page.getByText("Compare").click();
    assertThat(page.locator("h2").last())
        .hasText("What makes a database of version 2 one of version 3");
    assertThat(page.locator("table.table tbody")).containsText("[sales]");
    assertThat(page.locator("table.table tbody")).containsText("Create");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "content-package-difference");
    page.getByText("The script").click();
    assertThat(page.locator(".CodeMirror")).containsText("Creating [sales]");
  }

  @Test
  void aPackageThatIsFetchedSaysWhichHostIsNotAllowed() {
    Page page = visitor.open(visitor.signedIn(), "/new/content");
    page.getByLabel("Name").fill("fetched");
    page.getByLabel("A package that is fetched at each run").check();
    page.getByLabel("URI").fill("https://packages.example.com/a.dacpac");
    save(page).click();
    assertThat(page.locator("#dacpacUri-wrong")).containsText("--dacpac-host");
    assertThat(page.getByLabel("URI")).hasValue("https://packages.example.com/a.dacpac");
    page.getByLabel("A script").check();
    page.locator(".CodeMirror").click();
    page.keyboard().insertText("SELECT 1");
    save(page).click();
    assertThat(page.locator("h1")).hasText("fetched");
  }

  @Test
  void theyFitAPhone() throws IOException {
    contents.createDacpac("narrow", new ByteArrayInputStream(EMPTY), null);
    contents.addDacpacVersion("narrow", new ByteArrayInputStream(WITH_SCHEMA), null, null);
    Page page = visitor.signedIn(Visitor.phone());
    for (String path :
        List.of("/contents/narrow", "/contents/narrow/edit", "/contents/narrow/difference")) {
      visitor.open(page, path);
      assertThat(page.locator(".error-status")).hasCount(0);
      Visitor.assertNothingSticksOut(page);
    }
  }

  private Page filled(String name) {
    Page page = blank(visitor.signedIn());
    page.getByLabel("Name").fill(name);
    choose(page, WITH_SCHEMA);
    return page;
  }

  private Page blank(Page page) {
    visitor.open(page, "/new/content");
    page.getByLabel("A data-tier package").check();
    return page;
  }

  private static void choose(Page page, byte[] content) {
    file(page).setInputFiles(new FilePayload("Orders.dacpac", "application/octet-stream", content));
  }

  private static Locator file(Page page) {
    return page.locator("#dacpac");
  }

  private static Locator save(Page page) {
    return page.locator("main button.primary");
  }
}
