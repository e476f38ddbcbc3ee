package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.edj.Wiring;
import dev.edj.api.ApiServer;
import dev.edj.security.LocalToken;
import dev.edj.settings.OidcSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// How a person gets in with an OpenID provider, in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderSignInIT {

  private final TestProvider provider = TestProvider.start();
  private PortalService service;
  private Visitor visitor;

  @BeforeAll
  void come(@TempDir Path directory) {
    TestControlDatabase database = TestControlDatabase.create();
    ServiceSettings settings =
        ServiceSettings.in(directory)
            .withControlDatabase(database.address())
            .withPort(0)
            .withOidc(
                new OidcSettings(
                    provider.issuer(),
                    TestProvider.CLIENT_ID,
                    null,
                    "Example",
                    TestProvider.CLIENT_ID,
                    "roles",
                    null,
                    List.of("dba=author")));
    Wiring wiring = Wiring.open(settings);
    service =
        new PortalService(
            wiring,
            ApiServer.start(wiring, settings),
            LocalToken.open(directory).text(),
            database.jdbi(),
            directory);
    provider.register(service.url("/sign-in/provider/back"));
    visitor = Visitor.of(service);
  }

  @AfterEach
  void asItWas() {
    visitor.closePages();
    provider.give("dba");
    provider.answerFor(null);
  }

  @AfterAll
  void leave() {
    if (visitor != null) {
      visitor.close();
    }
    service.close();
    provider.close();
  }

  @Test
  void theProviderSignsInAndLeadsToThePageThatWasAskedFor() {
    Page page = visitor.open(visitor.stranger(), "/nodes");
    Visitor.assertUsableByAll(page);
    signIn(page);
    assertThat(page).hasTitle("Nodes · EDJ");

    // An author writes jobs, and decides about no credentials.
    assertThat(status(page, "/new/job")).isEqualTo(200);
    assertThat(status(page, "/new/credential")).isEqualTo(403);
    assertThat(name()).isEqualTo("oidc:alice");
  }

  private String name() {
    return service
        .controlDatabase()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT DISTINCT user_name FROM portal_session WHERE voucher_id IS NOT NULL")
                .mapTo(String.class)
                .one());
  }

  @Test
  void theSessionEndsWhenTheProvidersWordDoes() {
    Page page = visitor.open(visitor.stranger(), "/nodes");
    signIn(page);
    assertThat(page).hasTitle("Nodes · EDJ");
    service
        .controlDatabase()
        .useHandle(handle -> handle.execute("UPDATE voucher SET expires_at = now()"));
    visitor.open(page, "/nodes");
    assertThat(page).hasTitle("Sign in · EDJ");
  }

  @Test
  void signingOutOffersToSignOutOfTheProviderToo() {
    Page page = visitor.open(visitor.stranger(), "/nodes");
    signIn(page);
    assertThat(page).hasTitle("Nodes · EDJ");
    page.getByText("Sign out").click();
    assertThat(page.locator(".toast")).containsText("You are signed out.");
    page.getByText("Sign out of Example, too").click();
    assertThat(page)
        .not()
        .hasURL(
            Pattern.compile(Pattern.quote(provider.issuer() + "/connect/logout") + ".*error.*"));
    visitor.open(page, "/nodes");
    assertThat(page).hasTitle("Sign in · EDJ");
  }

  @Test
  void whoHasNoRoleIsToldSo() {
    provider.give("guest");
    Page page = visitor.open(visitor.stranger(), "/nodes");
    signIn(page);
    assertThat(page).hasTitle("Sign in · EDJ");
    assertThat(page.locator(".toast"))
        .containsText(
            "Example knows you as oidc:alice, but none of what it says of you is a role here.");
  }

  @Test
  void anAnswerForAnotherSignInIsRefused() {
    provider.answerFor("another");
    Page page = visitor.open(visitor.stranger(), "/nodes");
    signIn(page);
    assertThat(page.locator(".toast")).containsText("it is of another sign-in");
  }

  @Test
  void anAnswerWorksOnceAndWithItsStateOnly() {
    AtomicReference<String> answer = new AtomicReference<>("");
    Page page = visitor.open(visitor.stranger(), "/nodes");
    page.onRequest(request -> {
      if (request.url().contains("/sign-in/provider/back?")) {
        answer.set(request.url());
      }
    });
    signIn(page);
    assertThat(page).hasTitle("Nodes · EDJ");
    assertThat(answer.get()).contains("code=", "state=");

    // In the same browser, and in one that somebody was lured to with it.
    Page again = page.context().newPage();
    again.navigate(answer.get());
    assertThat(again).hasURL(Pattern.compile(".*/$"));
    Page other = visitor.stranger();
    other.navigate(answer.get());
    assertThat(other.locator(".toast")).containsText("took too long, or began elsewhere");

    // Of a sign-in that this browser has begun, but of another.
    Page lured = visitor.stranger();
    lured.navigate(service.url("/sign-in/provider").toString());
    lured.navigate(answer.get());
    assertThat(lured.locator(".toast")).containsText("belongs to another sign-in");
  }

  @Test
  void itWorksWithoutScripts() {
    Page page = visitor.open(visitor.stranger(Visitor.withoutScripts()), "/nodes");
    signIn(page);
    assertThat(page).hasTitle("Nodes · EDJ");
  }

  private void signIn(Page page) {
    page.getByText("Sign in with Example").click();
    page.getByLabel("Username").fill(TestProvider.PERSON);
    page.getByLabel("Password").fill(TestProvider.PASSWORD);
    page.getByRole(AriaRole.BUTTON).first().click();
  }

  private int status(Page page, String path) {
    Response response = page.navigate(service.url(path).toString());
    return response.status();
  }
}
