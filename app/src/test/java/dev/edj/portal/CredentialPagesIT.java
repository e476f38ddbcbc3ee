package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.HarContentPolicy;
import dev.edj.content.NewContent;
import dev.edj.execution.Lifecycle;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Credentials are created, used, changed and deleted, and no answer ever holds a password.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialPagesIT {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String WRONG = "w0rse-than-Wrong";

  private final PortalService service = PortalService.shared();
  private Visitor visitor;

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    service.fleet("logged in", 1);
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
  void onesPasswordIsInNoAnswer(@TempDir Path directory) throws IOException {
    Path record = directory.resolve("answers.har");
    Page page =
        visitor.signedIn(
            Visitor.options().setRecordHarPath(record).setRecordHarContent(HarContentPolicy.EMBED));
    // A record waits for the end of what it records, and these have none.
    page.route("**/events", Route::abort);

    visitor.open(page, "/new/credential");
    page.getByLabel("Name", exactLabel()).fill("portal login");
    page.getByLabel("User name").fill(PostgresServer.USER);
    page.getByLabel("Password").fill(WRONG);
    page.getByLabel("Servers it may be sent to").fill("not a host name!");
    page.getByText("Create", exact()).click();
    assertThat(page.locator("#servers-wrong")).isVisible();
    assertThat(page.getByLabel("User name")).hasValue(PostgresServer.USER);
    assertThat(page.getByLabel("Password")).hasValue("");
    Visitor.assertUsableByAll(page);

    page.getByLabel("Password").fill(WRONG);
    page.getByLabel("Servers it may be sent to").fill("postgresql://nowhere.invalid");
    page.getByText("Create", exact()).click();
    assertThat(page.locator("h1")).hasText("portal login");

    page.getByText("Change", exact()).click();
    page.getByLabel("Servers it may be sent to").fill("*");
    page.getByText("Save", exact()).click();
    assertThat(page.locator("#password-wrong")).containsText("give its password again");
    page.getByLabel("Password").fill(PostgresServer.PASSWORD);
    page.getByText("Save", exact()).click();
    assertThat(page.locator(".toast")).containsText("Saved, with the new password.");
    assertThat(run()).isEqualTo(Lifecycle.Succeeded);

    visitor.open(page, "/credentials/portal%20login");
    assertThat(page.locator(".lines")).containsText("Logs in");
    Visitor.assertUsableByAll(page);
    page.getByText("Delete", exact()).click();
    button(page, "Delete it").click();
    assertThat(page.locator(".refusal").first()).containsText("is used by job 'Logs in'");
    for (String path :
        List.of("/credentials", "/encryption-keys", "/credentials/portal%20login/edit")) {
      visitor.open(page, path);
    }

    visitor.closePages();
    List<String> answers = answers(record);
    assertThat(answers).anyMatch(answer -> answer.contains("Saved, with the new password"));
    assertThat(answers).anyMatch(answer -> answer.contains("not a host name!"));
    assertThat(answers)
        .noneMatch(answer -> answer.contains(WRONG) || answer.contains(PostgresServer.PASSWORD));
  }

  /// The heads and the bodies of all answers of a record (HAR 1.2).
  private static List<String> answers(Path record) throws IOException {
    return JSON.readTree(Files.readString(record))
        .at("/log/entries")
        .valueStream()
        .map(entry -> entry.path("response"))
        .map(answer -> answer.path("headers") + "\n" + text(answer.path("content")))
        .toList();
  }

  private static String text(JsonNode content) {
    String text = content.path("text").asString("");
    return content.path("encoding").asString("").equals("base64")
        ? new String(Base64.getDecoder().decode(text), UTF_8)
        : text;
  }

  private Lifecycle run() {
    service.wiring().contents().create(new NewContent("Logs in", "SELECT 1", null));
    service
        .wiring()
        .jobs()
        .create(
            new NewJob(
                "Logs in",
                null,
                List.of(
                    NewJobStep.of("Logs in", "portal login", "logged in")
                        .policy(PortalService.ONCE)
                        .build()),
                null,
                null));
    return service.run("Logs in").lifecycle();
  }

  @Test
  void aClientCertificateIsShownAndItsKeyOnNoPage() {
    TestAuthority authority = TestAuthority.create("authority");
    Issued client = authority.forClient("portal");
    Page page = visitor.open(visitor.signedIn(), "/new/credential");
    page.getByLabel("Name", exactLabel()).fill("shows a certificate");
    page.getByLabel("User name").fill("edj");
    page.getByText("Client certificate", exact()).click();
    page.getByLabel("Certificates in PEM").fill(client.pem());
    page.getByLabel("Private key in PEM").fill(authority.forClient("another").keyPem());
    page.getByText("Create", exact()).click();
    assertThat(page.locator("#privateKey-wrong")).containsText("is not that of the certificate");
    assertThat(page.getByLabel("Certificates in PEM")).hasValue(client.pem());
    assertThat(page.getByLabel("Private key in PEM")).hasValue("");
    assertThat(page.content()).doesNotContain("BEGIN PRIVATE KEY");
    Visitor.assertUsableByAll(page);

    page.getByLabel("Private key in PEM").fill(client.keyPem());
    page.getByText("Create", exact()).click();
    assertThat(page.locator("h1")).hasText("shows a certificate");
    assertThat(page.locator("main"))
        .containsText(Pattern.compile("Password\\s*none\\s*Client certificate\\s*CN=portal"));
    assertThat(page.locator("main")).not().containsText("expires soon");
    Visitor.assertUsableByAll(page);

    page.getByText("Change", exact()).click();
    page.getByLabel("Servers it may be sent to").fill("*");
    page.getByText("Save", exact()).click();
    assertThat(page.locator("#certificates-wrong")).containsText("with its private key again");
  }

  @Test
  void oneThatNothingUsesIsDeletedWithoutScripts() {
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/new/credential");
    page.getByLabel("Name", exactLabel()).fill("doomed / ü");
    page.getByLabel("User name").fill("edj");
    page.getByLabel("Password").fill(WRONG);
    page.getByText("Create", exact()).click();
    assertThat(page.locator("main")).containsText("no server: jobs with it fail");
    assertThat(page.locator("main")).containsText("Nothing: it can be deleted.");
    page.getByText("Delete", exact()).click();
    button(page, "Delete it").click();
    assertThat(page.locator(".toast")).containsText("Credential doomed / ü is deleted.");
    assertThat(page.locator("main")).not().containsText("doomed");
  }

  @Test
  void theListSaysWhereEachMayBeSent() {
    Page page = visitor.open(visitor.signedIn(), "/credentials");
    assertThat(page.locator("tbody tr").first()).containsText("*");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "credentials");
    page.getByText("Encryption keys").click();
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody tr")).containsText("for new passwords");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void theyFitAPhone() {
    Page page = visitor.signedIn(Visitor.phone());
    for (String path :
        List.of(
            "/credentials", "/new/credential", "/encryption-keys", "/credentials/logged%20in")) {
      visitor.open(page, path);
      Visitor.assertNothingSticksOut(page);
    }
  }

  /// By its role: the texts around may say the same together.
  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Page.GetByTextOptions exact() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Page.GetByLabelOptions exactLabel() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
