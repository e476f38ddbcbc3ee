package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.edj.access.Access;
import dev.edj.access.Grant;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import dev.edj.audit.AuditFilter;
import dev.edj.audit.AuditLog;
import dev.edj.audit.AuditOutcome;
import dev.edj.audit.ChainHead;
import dev.edj.content.NewContent;
import dev.edj.credential.NewCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What was done is found in a browser, with who did it, from where, and what it changed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditPagesIT {

  private static final String PASSWORD = "correct horse battery";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// Its own: what others do is in the log, too.
  private PortalService service;

  private AuditLog log;
  private Visitor visitor;

  @BeforeAll
  void come() {
    service = PortalService.start();
    log = service.wiring().auditLog();
    visitor = Visitor.of(service);
  }

  @AfterEach
  void closePages() {
    visitor.closePages();
  }

  @AfterAll
  void leave() {
    visitor.close();
    service.close();
  }

  @Test
  void aChangeIsFoundWithWhoMadeItAndWhatWasBefore() {
    service
        .wiring()
        .credentials()
        .create(new NewCredential("Vault / ü", "edj", "s3cret of it", null, List.of("a", "b")));
    Page page = visitor.stranger();
    signIn(page, user("ada", Role.Administrator), "/credentials/Vault%20%2F%20%C3%BC/edit");
    page.getByLabel("User").fill("somebody else");
    page.getByLabel("Servers it may be sent to").fill("a");
    button(page, "Save").click();
    link(page, "Events").click();
    assertThat(page).hasURL(Pattern.compile(".*kind=credential&object=Vault.*"));
    assertThat(rows(page)).hasCount(2);
    assertThat(rows(page).first()).containsText("credential.update");
    assertThat(rows(page).first()).containsText("127.0.0.1");
    Visitor.assertUsableByAll(page);
    Visitor.assertNothingSticksOut(page);

    rows(page).first().locator("a").click();
    assertThat(page.locator("main")).containsText("ada signed in");
    Locator changed = page.locator("tbody tr");
    assertThat(changed.filter(has("userName")).locator("del")).hasText("edj");
    assertThat(changed.filter(has("userName")).locator("ins")).hasText("somebody else");
    assertThat(changed.filter(has("servers")).locator("del")).hasText("a, b");
    assertThat(changed.filter(has("name"))).not().containsText(new String[] {"Vault"});
    assertThat(page.content()).doesNotContain("s3cret of it");
    Visitor.assertUsableByAll(page);
    link(page, "Vault / ü").click();
    assertThat(page.locator("h1")).hasText("Vault / ü");
  }

  @Test
  void filtersStandInTheAddressAndPagesFollow() {
    for (int i = 0; i < 150; i++) {
      service.wiring().contents().create(new NewContent("Audited " + i, "SELECT 1", null));
    }
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/audit");
    page.getByLabel("Action").fill("content.create");
    page.getByLabel("To what").selectOption("content");
    page.getByLabel("From", exact()).fill("1h");
    button(page, "Show").click();
    Set<String> seen = new HashSet<>(rows(page).allInnerTexts());
    assertThat(seen).hasSizeGreaterThan(50);
    link(page, "Next page").click();
    assertThat(page).hasURL(Pattern.compile(".*action=content.create.*after=\\d+"));
    assertThat(page.locator("main")).containsText("First page");

    page.getByLabel("From", exact()).fill("yesterday");
    button(page, "Show").click();
    assertThat(page.locator("#from-wrong")).isVisible();
    assertThat(page.getByLabel("Action")).hasValue("content.create");
    page.getByLabel("From", exact()).fill("");
    page.getByLabel("Who").fill("nobody");
    button(page, "Show").click();
    assertThat(page.locator(".empty-title")).hasText("Nothing of that kind was done.");
  }

  @Test
  void whatWasRefusedIsInTheLogOnceAMinute() {
    String user = user("mallory", Role.Reader);
    Page page = visitor.stranger();
    signIn(page, user, "/account");
    for (int i = 0; i < 3; i++) {
      assertThat(post(page, "/new/target")).isEqualTo(403);
    }
    assertThat(post(page, "/jobs/Anything/delete?x=1")).isEqualTo(403);
    Page stranger = visitor.open(visitor.stranger(), "/account");
    enter(stranger, user, "not the password");
    assertThat(stranger.locator(".refusal")).isVisible();

    visitor.open(page, "/audit?outcome=Refused");
    assertThat(rows(page).filter(has("POST /new/target"))).hasCount(1);
    assertThat(rows(page).filter(has("POST /jobs/Anything/delete"))).hasCount(1);
    assertThat(rows(page).filter(has("session.refuse"))).hasCount(1);
    assertThat(rows(page).filter(has("mallory"))).hasCount(3);
    visitor.open(page, "/audit?outcome=Done&actor=mallory");
    assertThat(page.locator("main")).not().containsText("request.refuse");
    assertThat(
            log.list(AuditFilter.page(10).of("request.refuse").by(user).outcome(AuditOutcome.Done))
                .items())
        .isEmpty();
  }

  @Test
  void theLogIsVerifiedAndItsHeadExpectedTheNextTime() {
    service.wiring().contents().create(new NewContent("Verified", "SELECT 1", null));
    awaitLinks();
    Page page = visitor.open(visitor.signedIn(), "/audit");
    link(page, "Verify").click();
    assertThat(page.locator("h2")).hasText("The log is intact");
    Visitor.assertUsableByAll(page);
    String head = page.locator(".log").textContent();
    page.getByLabel("A head of before").fill(head);
    button(page, "Verify again").click();
    assertThat(page.locator("h2")).hasText("The log is intact");

    ChainHead kept = ChainHead.parse("head", head);
    page.getByLabel("A head of before").fill(kept.number() + ":" + "0".repeat(64));
    button(page, "Verify again").click();
    assertThat(page.locator("h2")).hasText("The log is not what was written");
    assertThat(page.locator("main")).containsText("the chain was written anew");
    page.getByLabel("A head of before").fill("a head");
    button(page, "Verify again").click();
    assertThat(page.locator("#expectHead-wrong")).containsText("is not a head");
  }

  @Test
  void allOfItIsExportedAsLines() throws IOException {
    service.wiring().contents().create(new NewContent("Exported", "SELECT 1", null));
    awaitLinks();
    Page page = visitor.open(visitor.signedIn(), "/audit");
    Download file = page.waitForDownload(link(page, "Export")::click);
    assertThat(file.suggestedFilename()).isEqualTo("audit.jsonl");
    assertThat(Files.readAllLines(file.path())).anyMatch(line -> line.contains("\"Exported\""));
  }

  /// Nobody signals that events are linked.
  private void awaitLinks() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (log.verify(null, null).unlinked() > 0) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private String user(String name, Role role) {
    Access access = service.wiring().access();
    return access
        .users()
        .create(new NewUser(name, null, PASSWORD, List.of(new Grant(role))))
        .name();
  }

  private void signIn(Page page, String user, String path) {
    visitor.open(page, path);
    enter(page, user, PASSWORD);
  }

  private static void enter(Page page, String user, String password) {
    page.getByLabel("User").fill(user);
    page.getByLabel("Password").fill(password);
    page.getByLabel("Password").press("Enter");
    page.waitForLoadState();
  }

  /// Sends a form that no page of theirs has.
  private static int post(Page page, String path) {
    return (int)
        page.evaluate(
            """
            path => fetch(path, {method: 'POST', body: new URLSearchParams(
              {_csrf: document.querySelector('meta[name=edj-form-token]').content})}).then(answer => answer.status)
            """,
            path);
  }

  private static Locator rows(Page page) {
    return page.locator("main tbody tr");
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
