package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.edj.access.Access;
import dev.edj.access.Grant;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A user signs in with their password, and looks after it and their tokens, in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountIT {

  private static final String PASSWORD = "correct horse battery";

  private final PortalService service = PortalService.shared();
  private final Access access = service.wiring().access();
  private Visitor visitor;

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
  }

  @AfterEach
  void closePages() {
    visitor.closePages();
    // All come from one address, where those who guess have to wait.
    service.controlDatabase().useHandle(handle -> handle.execute("DELETE FROM sign_in_failure"));
  }

  @AfterAll
  void leave() {
    if (visitor != null) {
      visitor.close();
    }
  }

  @Test
  void thePasswordLeadsToThePageThatWasAskedForAndAWrongOneDoesNot() {
    String user = user(Role.Reader);
    Page page = visitor.open(visitor.stranger(), "/nodes");
    signIn(page, user, "not the password");
    assertThat(page.locator(".refusal"))
        .hasText("there is no such user, or it is not their password");
    assertThat(page.getByLabel("Password")).hasValue("");

    signIn(page, user, PASSWORD);
    assertThat(page).hasTitle("Nodes · EDJ");
    page.getByLabel("Your account, " + user).click();
    assertThat(page.locator("main")).containsText("Reader");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void whoHasNoRoleYetComesToTheirAccount() {
    Page page = visitor.open(visitor.stranger(Visitor.withoutScripts()), "/jobs");
    signIn(page, user(null), PASSWORD);
    assertThat(page.locator("main")).containsText("none yet: ask an administrator");
    visitor.open(page, "/jobs");
    assertThat(page.locator("main")).containsText("this needs the role Reader");
  }

  @Test
  void whoeverGuessesIsToldToWait() {
    String user = user(Role.Reader);
    Page page = visitor.open(visitor.stranger(), "/sign-in");
    for (int i = 0; i < 6; i++) {
      signIn(page, user, "guess " + i);
    }
    assertThat(page.locator(".refusal")).containsText("too many sign-ins failed; try again in");
  }

  @Test
  void aTokensSecretIsShownOnceAndTheTokenRevoked() {
    Page page = visitor.open(visitor.stranger(), "/account");
    signIn(page, user(Role.Author), PASSWORD);
    page.getByLabel("What it is for").fill("ci / ü");
    page.getByLabel("What it may do at most").selectOption("Reader");
    page.getByLabel("How long it is good").fill("soon");
    button(page, "Make a token").click();
    assertThat(page.locator("#lifetime-wrong")).hasText("write how long: 30d, 12h");
    assertThat(page.getByLabel("What it is for")).hasValue("ci / ü");

    page.getByLabel("How long it is good").fill("30d");
    button(page, "Make a token").click();
    String secret = page.locator(".command code").textContent();
    assertThat(access.callers().bearer(secret).orElseThrow().role()).contains(Role.Reader);
    Visitor.assertUsableByAll(page);
    Visitor.assertNothingSticksOut(page);

    visitor.open(page, "/account");
    assertThat(page.content()).contains("ci / ü").doesNotContain(secret);
    page.getByText("Revoke", new Page.GetByTextOptions().setExact(false)).first().click();
    button(page, "Revoke it").click();
    assertThat(page.locator(".toast")).containsText("The token is revoked.");
    assertThat(access.callers().bearer(secret)).isEmpty();
  }

  @Test
  void anotherPasswordIsTypedTwiceAndSignsEverybodyOut() {
    String user = user(Role.Reader);
    Page page = visitor.open(visitor.stranger(), "/account");
    signIn(page, user, PASSWORD);
    change(page, PASSWORD, "another password", "another passwort");
    assertThat(page.locator("#repeated-wrong")).hasText("is not the same");
    change(page, "not the password", "another password", "another password");
    assertThat(page.locator("#current-wrong")).isVisible();
    assertThat(page.content()).doesNotContain("another password");

    change(page, PASSWORD, "another password", "another password");
    assertThat(page).hasTitle("Sign in · EDJ");
    assertThat(page.locator(".toast")).containsText("Your password is changed");
    signIn(page, user, "another password");
    assertThat(page).hasTitle("Overview · EDJ");
  }

  @Test
  void theLocalTokenHasNeitherPasswordNorTokens() {
    Page page = visitor.open(visitor.signedIn(Visitor.phone()), "/account");
    assertThat(page.locator("main")).containsText("the token of this service's machine");
    assertThat(page.locator("main form")).hasCount(0);
    Visitor.assertNothingSticksOut(page);
  }

  private String user(@Nullable Role role) {
    String name = "account-" + UUID.randomUUID();
    return access
        .users()
        .create(
            new NewUser(name, null, PASSWORD, role == null ? List.of() : List.of(new Grant(role))))
        .name();
  }

  private static void signIn(Page page, String user, String password) {
    page.getByLabel("User").fill(user);
    page.getByLabel("Password").fill(password);
    page.getByLabel("Password").press("Enter");
    page.waitForLoadState();
  }

  private static void change(Page page, String current, String password, String repeated) {
    page.getByLabel("Your password at present").fill(current);
    page.getByLabel("New password").fill(password);
    page.getByLabel("The same again").fill(repeated);
    button(page, "Change it").click();
    page.waitForLoadState();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }
}
