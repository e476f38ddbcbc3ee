package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// How a person gets in and out, in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInIT {

  private final PortalService service = PortalService.shared();
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
  void aTicketSignsInOnceAndIsGoneFromTheAddress() {
    String ticket = service.ticket();
    Page first = visitor.stranger();
    first.navigate(ticket);
    assertThat(first).hasTitle("Overview · EDJ");
    assertThat(first.url()).doesNotContain("ticket");

    Page second = visitor.stranger();
    second.navigate(ticket);
    assertThat(second.getByRole(AriaRole.ALERT)).containsText("This link was used already");
    assertThat(second.locator("nav[aria-label=Main]")).hasCount(0);
  }

  @Test
  void aTicketThatIsTooOldSaysSo() {
    String ticket = service.ticket();
    service
        .controlDatabase()
        .useHandle(handle ->
            handle.execute(
                "UPDATE portal_ticket SET created_at = created_at - interval '15 minutes'"
                    + " WHERE used_at IS NULL"));
    Page page = visitor.stranger();
    page.navigate(ticket);
    assertThat(page.locator(".refusal")).containsText("This link is too old.");
  }

  @Test
  void theTokenSignsInAndAWrongOneDoesNot() {
    Page page = visitor.open(visitor.stranger(), "/");
    assertThat(page).hasTitle("Sign in · EDJ");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "sign-in");

    page.getByLabel("Or with the token").fill("x");
    page.getByText("Sign in").last().click();
    assertThat(page.locator(".refusal")).hasText("This is not the token of this service.");

    page.getByLabel("Or with the token").fill(service.token() + " ");
    page.keyboard().press("Enter");
    assertThat(page).hasTitle("Overview · EDJ");
  }

  @Test
  void aLinkToAPageIsRememberedOverTheSignIn() {
    Page page = visitor.open(visitor.stranger(), "/executions?job=Caf%C3%A9%20%2F%201&all=true");
    assertThat(page).hasTitle("Sign in · EDJ");
    page.getByLabel("Or with the token").fill(service.token());
    page.keyboard().press("Enter");
    assertThat(page).hasTitle("Executions · EDJ");
    assertThat(page.getByLabel("Job")).hasValue("Café / 1");
  }

  @Test
  void signingOutEndsTheSession() {
    Page page = visitor.signedIn();
    Page other = page.context().newPage();
    visitor.open(other, "/nodes");

    page.getByText("Sign out").click();

    assertThat(page.locator(".toast")).containsText("You are signed out.");
    visitor.open(other, "/nodes");
    assertThat(other).hasURL(Pattern.compile(".*/sign-in\\?next=%2Fnodes"));
  }

  @Test
  void itWorksWithoutScripts() {
    Page page = visitor.open(visitor.stranger(Visitor.withoutScripts()), "/nodes");
    page.getByLabel("Or with the token").fill(service.token());
    page.keyboard().press("Enter");
    assertThat(page).hasTitle("Nodes · EDJ");
    page.locator("button.theme-dark").click();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    assertThat(page).hasTitle("Nodes · EDJ");
    page.getByText("Sign out").click();
    assertThat(page.locator(".toast")).containsText("You are signed out.");
  }
}
