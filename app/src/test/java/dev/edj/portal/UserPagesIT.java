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
import dev.edj.testing.TestControlDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// An administrator makes users, gives and takes what they may do, and looks after their tokens, in
/// a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserPagesIT {

  private static final String PASSWORD = "correct horse battery";

  /// Its own: who is the last administrator depends on all users.
  private PortalService service;

  private Access access;
  private Visitor visitor;

  @BeforeAll
  void come() {
    service = PortalService.startOn(TestControlDatabase.create());
    access = service.wiring().access();
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
    visitor.close();
    service.close();
  }

  @Test
  void aUserIsMadeWithARoleAndSignsIn() {
    Page page = visitor.open(visitor.signedIn(), "/new/user");
    page.getByLabel("Name").fill("service");
    page.getByLabel("Is called").fill("Bob Ü.");
    page.getByLabel("Role").selectOption("Operator");
    page.getByLabel("Password").fill("too short");
    page.getByLabel("The same again").fill("too shirt");
    button(page, "Create").click();
    assertThat(page.locator("#repeated-wrong")).hasText("is not the same");
    type(page, "too short");
    assertThat(page.locator("#name-wrong")).hasText("'service' is not a user's name");
    page.getByLabel("Name").fill("bob / 1");
    type(page, "too short");
    assertThat(page.locator("#password-wrong")).hasText("must have at least 12 characters");
    assertThat(page.getByLabel("Is called")).hasValue("Bob Ü.");
    assertThat(page.content()).doesNotContain("too short");
    Visitor.assertUsableByAll(page);
    type(page, PASSWORD);

    assertThat(page.locator(".toast")).containsText("User bob / 1 is created.");
    assertThat(page.locator("main")).containsText("Operator");
    Visitor.assertUsableByAll(page);
    visitor.open(page, "/new/user");
    page.getByLabel("Name").fill("BOB / 1");
    type(page, PASSWORD);
    assertThat(page.locator("#name-wrong"))
        .hasText("user 'BOB / 1' exists already; nothing was changed");

    Page bob = visitor.open(visitor.stranger(), "/account");
    signIn(bob, "bob / 1", PASSWORD);
    assertThat(bob.locator("main")).containsText("Operator");
  }

  private static void type(Page page, String password) {
    page.getByLabel("Password").fill(password);
    page.getByLabel("The same again").fill(password);
    button(page, "Create").click();
  }

  @Test
  void rolesAreGrantedAndRevokedAndWhoHadThemIsSignedOut() {
    create("carol", Role.Reader);
    Page carol = visitor.open(visitor.stranger(), "/account");
    signIn(carol, "carol", PASSWORD);
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/users/carol");
    button(page, "Grant").click();
    assertThat(page.locator("#granted-wrong")).hasText("choose one");
    page.getByLabel("Another role").selectOption("Author");
    button(page, "Grant").click();
    assertThat(page.locator(".toast")).containsText("carol has the role Author");
    assertThat(page.getByLabel("Another role").locator("option"))
        .hasText(new String[] {"choose one", "Operator", "Administrator"});
    visitor.open(carol, "/new/job");
    assertThat(carol).hasTitle("Sign in · EDJ");
    signIn(carol, "carol", PASSWORD);
    assertThat(carol).hasTitle("New job · EDJ");

    button(page, "Revoke Author").click();
    assertThat(page.locator(".toast")).containsText("carol has the role Author no more");

    page.getByLabel("Another role").selectOption("Operator");
    page.getByLabel("Only in the collection").first().fill("nowhere");
    button(page, "Grant").click();
    assertThat(page.locator("#collection-wrong"))
        .hasText("there is no custom collection 'nowhere'");
    assertThat(page.getByLabel("Another role")).hasValue("Operator");
    service.wiring().targets().create(PortalService.collection("eu"));
    page.getByLabel("Only in the collection").first().fill("eu");
    button(page, "Grant").click();
    assertThat(page.locator("main")).containsText("Operator in eu");
    button(page, "Revoke Operator in eu").click();
    assertThat(page.locator(".toast")).containsText("has the role Operator in eu no more");
    assertThat(access.users().named("carol").grants()).containsExactly(new Grant(Role.Reader));
  }

  @Test
  void theLastAdministratorStays() {
    create("root", Role.Administrator);
    Page page = visitor.open(visitor.signedIn(), "/users/root");
    String sentence = "'root' is the last administrator who can sign in";
    button(page, "Revoke Administrator").click();
    assertThat(page.locator(".refusal")).containsText(sentence);
    button(page, "Disable").click();
    assertThat(page.locator(".refusal")).containsText(sentence);
    link(page, "Delete").click();
    button(page, "Delete them").click();
    assertThat(page.locator(".refusal")).containsText(sentence);
    assertThat(access.users().named("root").enabled()).isTrue();

    create("second", Role.Administrator);
    visitor.open(page, "/users/root");
    link(page, "Delete").click();
    button(page, "Delete them").click();
    assertThat(page.locator(".toast")).containsText("User root is deleted.");
    assertThat(page.locator("main tbody th")).not().containsText(new String[] {"root"});
    access.users().grant("second", new Grant(Role.Reader));
  }

  @Test
  void whoIsDisabledCannotComeInUntilTheyAreEnabled() {
    create("dave", Role.Reader);
    Page page = visitor.open(visitor.signedIn(), "/users/dave");
    button(page, "Disable").click();
    assertThat(page.locator(".page-header .badge")).hasText("disabled");
    Page dave = visitor.open(visitor.stranger(), "/account");
    signIn(dave, "dave", PASSWORD);
    assertThat(dave.locator(".refusal")).isVisible();
    button(page, "Enable").click();
    assertThat(page.locator(".page-header .badge")).hasCount(0);
    signIn(dave, "dave", PASSWORD);
    assertThat(dave).hasTitle("Your account · EDJ");
  }

  @Test
  void aPasswordIsSetAndWhoGuessesItIsSeen() {
    create("erin", Role.Reader);
    Page page = visitor.open(visitor.signedIn(), "/users/erin");
    link(page, "Set password").click();
    page.getByLabel("New password").fill("another password");
    page.getByLabel("The same again").fill("another passwort");
    button(page, "Set it").click();
    assertThat(page.locator("#repeated-wrong")).hasText("is not the same");
    page.getByLabel("New password").fill("another password");
    page.getByLabel("The same again").fill("another password");
    button(page, "Set it").click();
    assertThat(page.locator(".toast")).containsText("The password of erin is set");

    Page erin = visitor.open(visitor.stranger(), "/account");
    for (int i = 0; i < 5; i++) {
      signIn(erin, "erin", PASSWORD);
    }
    visitor.open(page, "/users/erin");
    assertThat(page.locator("main")).containsText("5 times, the last at");
    assertThat(page.locator("main")).containsText("has to wait until");
    Visitor.assertNothingSticksOut(page);
  }

  @Test
  void aUserIsCalledOtherwise() {
    create("frank", Role.Reader);
    Page page = visitor.open(visitor.signedIn(), "/users/frank/edit");
    page.getByLabel("Is called").fill("x".repeat(129));
    button(page, "Save").click();
    assertThat(page.locator("#displayName-wrong")).isVisible();
    page.getByLabel("Is called").fill("Frank F.");
    button(page, "Save").click();
    assertThat(page.locator("main")).containsText("Frank F.");
  }

  @Test
  void aProgramGetsATokenThatIsShownOnceAndRevoked() {
    access.users().create(new NewUser("deploy", null, null, List.of(new Grant(Role.Author))));
    Page page = visitor.open(visitor.signedIn(), "/users/deploy");
    assertThat(page.locator("main")).containsText("programs come in by tokens");
    page.getByLabel("What it is for").fill("ci");
    page.getByLabel("What it may do at most").selectOption("Administrator");
    button(page, "Make a token").click();
    assertThat(page.locator("#role-wrong")).containsText("does not have the role Administrator");
    page.getByLabel("What it may do at most").selectOption("Operator");
    button(page, "Make a token").click();
    String secret = page.locator(".command code").textContent();
    assertThat(access.callers().bearer(secret).orElseThrow().role()).contains(Role.Operator);
    Visitor.assertUsableByAll(page);

    visitor.open(page, "/tokens?name=dEpl");
    assertThat(page.locator("main tbody tr")).hasCount(1);
    assertThat(page.locator("main tbody tr")).containsText("deploy");
    assertThat(page.content()).doesNotContain(secret);
    Visitor.assertUsableByAll(page);
    link(page, "Revoke ci of deploy").click();
    button(page, "Revoke it").click();
    assertThat(page.locator(".toast")).containsText("The token is revoked.");
    assertThat(access.callers().bearer(secret)).isEmpty();
  }

  private void create(String name, Role role) {
    access.users().create(new NewUser(name, null, PASSWORD, List.of(new Grant(role))));
  }

  private static void signIn(Page page, String user, String password) {
    page.getByLabel("User").fill(user);
    page.getByLabel("Password").fill(password);
    page.getByLabel("Password").press("Enter");
    page.waitForLoadState();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
