package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Purpose;
import dev.edj.job.Job;
import dev.edj.job.JobChange;
import dev.edj.testing.PostgresServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A job is made and changed by its form, as in the original portal and further.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobFormIT {

  private static final String FLEET = "formed";

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
  void aJobIsMadeWithANewCredentialAndANewScriptAndRun() {
    Page page = visitor.open(visitor.signedIn(), "/new/job");
    page.getByLabel("Name", exactly()).fill("Walk / through");
    page.getByLabel("Description").fill("Makes a table");
    write(page, "CREATE TABLE walked (id int)");
    field(page, "target").fill(FLEET);
    field(page, "target").press("Tab");
    assertThat(page.locator(".found summary")).hasText("3 databases now");
    page.locator(".found summary").click();
    assertThat(page.locator(".found")).containsText(databases.getFirst());
    page.getByText("Or make a new one").click();
    field(page, "login.name").fill("walker");
    field(page, "login.servers").fill("*");
    field(page, "login.userName").fill(PostgresServer.USER);
    field(page, "login.password").fill(PostgresServer.PASSWORD);
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "job-form");

    button(page, "Save and run").click();

    assertThat(page).hasURL(Pattern.compile(".*/executions/[0-9a-f-]{36}"));
    JobExecution ended = service.awaitEnd(executionOf(page));
    assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(requireNonNull(ended.children()).succeeded()).isEqualTo(3);
    assertThat(service.wiring().contents().version("Walk / through", null).text())
        .isEqualTo("CREATE TABLE walked (id int)");
    assertThat(service.wiring().credentials().named("walker").servers()).containsExactly("*");
  }

  @Test
  void savedItIsShownOnItsPage() {
    Page page = visitor.open(visitor.signedIn(), "/new/job?target=" + FLEET);
    page.getByLabel("Name", exactly()).fill("Only saved");
    write(page, "SELECT 1");
    field(page, "login.credential").selectOption(FLEET);
    button(page, "Save").click();

    assertThat(page).hasURL(Pattern.compile(".*/jobs/Only%20saved"));
    assertThat(page.locator(".toast")).containsText("Job Only saved is saved.");
    assertThat(page.locator("main")).containsText("It was never started.");
  }

  @Test
  void whatIsWrongIsSaidBesideItsFieldAndWhatWasTypedStays() {
    refuses(visitor.signedIn(), true);
  }

  @Test
  void soItIsWithoutScripts() {
    refuses(visitor.signedIn(Visitor.withoutScripts()), false);
  }

  private void refuses(Page page, boolean scripts) {
    visitor.open(page, "/new/job");
    String name = "Refused " + scripts;
    page.getByLabel("Name", exactly()).fill(name);
    if (scripts) {
      write(page, "SELECT 'typed'");
    } else {
      field(page, "script.text").fill("SELECT 'typed'");
    }
    field(page, "target").fill("nowhere");
    field(page, "login.credential").selectOption(FLEET);
    page.getByLabel("First waves").fill("1, most");
    button(page, "Save").click();

    assertThat(page.locator("#rollout\\.waves-wrong")).containsText("'most' is neither");
    assertThat(page.getByLabel("First waves")).hasValue("1, most");
    assertThat(page.getByLabel("First waves")).hasAttribute("aria-invalid", "true");
    assertThat(page.getByLabel("Name", exactly())).hasValue(name);
    assertThat(field(page, "script.text")).hasValue("SELECT 'typed'");
    if (scripts) {
      Visitor.assertUsableByAll(page);
    }

    page.getByLabel("First waves").fill("1, 10%");
    button(page, "Save").click();
    assertThat(page.locator("[id='steps[0].target-wrong']"))
        .containsText("'nowhere' does not exist");
    assertThat(field(page, "script.text")).hasValue("SELECT 'typed'");
    assertThat(service.wiring().contents().list())
        .noneMatch(content -> content.name().equals(name));

    field(page, "target").fill(FLEET);
    button(page, "Save").click();
    assertThat(page.locator("h1")).hasText(name);
    assertThat(service.wiring().jobs().named(name).rollout().waves()).containsExactly("1", "10%");
  }

  @Test
  void aCredentialThatWasMadeIsChosenWhenTheJobIsRefused() {
    Page page = visitor.open(visitor.signedIn(), "/new/job");
    page.getByLabel("Name", exactly()).fill("Half made");
    write(page, "SELECT 1");
    field(page, "target").fill("nowhere");
    page.getByText("Or make a new one").click();
    field(page, "login.name").fill("half");
    field(page, "login.servers").fill("*");
    field(page, "login.userName").fill(PostgresServer.USER);
    field(page, "login.password").fill(PostgresServer.PASSWORD);
    button(page, "Save").click();

    assertThat(page.locator("[id='steps[0].target-wrong']")).isVisible();
    assertThat(field(page, "login.credential")).hasValue("half");
    assertThat(page.content()).doesNotContain(PostgresServer.PASSWORD);
  }

  @Test
  void stepsAreAddedMovedAndRemoved() {
    Page page = visitor.open(visitor.signedIn(), "/new/job?target=" + FLEET);
    page.getByLabel("Name", exactly()).fill("Stepped");
    write(page, "SELECT 'first'");
    page.locator("[name='steps[0].script.name']").fill("stepped-one");
    button(page, "Add a step").click();
    assertThat(page.locator(".step")).hasCount(2);
    page.locator("[name='steps[0].name']").fill("One");
    page.locator("[name='steps[1].name']").fill("Two");
    write(page, 1, "SELECT 'second'");
    page.locator("[name='steps[1].script.name']").fill("stepped-two");
    page.locator("[name='steps[0].login\\.credential']").selectOption(FLEET);
    page.locator("[name='steps[1].login\\.credential']").selectOption(FLEET);
    page.locator("button[value='up:1']").click();
    assertThat(page.locator("[name='steps[0].name']")).hasValue("Two");
    assertThat(page.locator("[name='steps[0].script.text']")).hasValue("SELECT 'second'");
    button(page, "Add a step").click();
    page.locator("button[value='remove:2']").click();
    assertThat(page.locator(".step")).hasCount(2);
    button(page, "Save").click();

    assertThat(page.locator("h1")).hasText("Stepped");
    Job job = service.wiring().jobs().named("Stepped");
    assertThat(job.steps()).extracting(step -> step.name()).containsExactly("Two", "One");
    assertThat(job.steps())
        .extracting(step -> step.content())
        .containsExactly("stepped-two", "stepped-one");
  }

  @Test
  void aPasswordDoesNotStayWhereAnotherStepHasMovedTo() {
    Page page = visitor.open(visitor.signedIn(), "/new/job?target=" + FLEET);
    button(page, "Add a step").click();
    assertThat(page.locator(".step")).hasCount(2);
    page.getByText("Or make a new one").first().click();
    field(page, "login.password").fill("of the first");
    field(page, "target").fill(FLEET);
    page.getByText("Add a parameter").click();
    assertThat(page.locator("[name='parameters[0].name']")).isVisible();
    assertThat(field(page, "login.password")).hasValue("of the first");

    page.locator("button[value='up:1']").click();
    assertThat(field(page, "login.password")).hasValue("");
    assertThat(page.locator("[name='steps[1].login\\.password']")).hasValue("");
  }

  @Test
  void aTargetIsFoundByAPartOfItsName() {
    Page page = visitor.open(visitor.signedIn(), "/new/job");
    field(page, "target").pressSequentially(FLEET.toUpperCase(Locale.ROOT).substring(1));
    assertThat(page.locator("#targets option")).hasCount(1);
    assertThat(page.locator("#targets option")).hasAttribute("value", FLEET);
  }

  @Test
  void aChangedScriptIsANewVersionOfItsContent() {
    service.job("Changed", "SELECT 1", FLEET);
    Page page = visitor.open(visitor.signedIn(), "/jobs/Changed/edit");
    assertThat(field(page, "script.text")).hasValue("SELECT 1");
    write(page, "SELECT 2");
    field(page, "script.comment").fill("Twice as much");
    button(page, "Save").click();

    assertThat(page.locator(".toast")).containsText("Content Changed has version 2 now.");
    assertThat(service.wiring().contents().version("Changed", null).text()).isEqualTo("SELECT 2");
    assertThat(service.wiring().contents().version("Changed", null).comment())
        .isEqualTo("Twice as much");
    visitor.open(page, "/jobs/Changed/edit");
    page.getByLabel("Description").fill("Only described");
    button(page, "Save").click();
    assertThat(page.locator(".lead")).hasText("Only described");
    assertThat(service.wiring().contents().named("Changed").latestVersion()).isEqualTo(2);
  }

  @Test
  void anotherContentIsShownWhenItIsChosen() {
    service.job("Chosen", "SELECT 'chosen'", FLEET);
    Page page = visitor.open(visitor.signedIn(), "/new/job");
    page.getByLabel("Take one of the contents").check();
    page.getByLabel("Content", exactly()).fill("Chosen");
    page.getByLabel("Content", exactly()).press("Tab");

    assertThat(field(page, "script.text")).hasValue("SELECT 'chosen'");
    assertThat(page.locator(".CodeMirror")).containsText("'chosen'");
  }

  @Test
  void aJobThatSomebodyElseChangedIsNotOverwrittenUnseen() {
    service.job("Contended", "SELECT 1", FLEET);
    Page page = visitor.open(visitor.signedIn(), "/jobs/Contended/edit");
    service
        .wiring()
        .jobs()
        .update("Contended", new JobChange(null, null, null, Map.of("theirs", "1")));
    page.getByLabel("Pause between waves").fill("5m");
    page.getByLabel("First waves").fill("2");
    button(page, "Save").click();

    assertThat(page.locator(".refusal")).containsText("it is version 2 now, and was 1");
    assertThat(page.getByLabel("First waves")).hasValue("2");
    assertThat(page.getByText("What changed meanwhile"))
        .hasAttribute("href", "/jobs/Contended/difference?from=1&to=2");
    assertThat(service.wiring().jobs().named("Contended").version()).isEqualTo(2);
    button(page, "Save").click();
    assertThat(page.locator("h1")).hasText("Contended");
    assertThat(service.wiring().jobs().named("Contended").rollout().waves()).containsExactly("2");
  }

  @Test
  void aSimpleScheduleIsMadeWithTheJob() {
    Page page = visitor.open(visitor.signedIn(), "/new/job?target=" + FLEET);
    page.getByLabel("Name", exactly()).fill("Nightly walk");
    write(page, "SELECT 1");
    field(page, "login.credential").selectOption(FLEET);
    page.getByLabel("Daily at …").check();
    page.locator("[name='start.times']").fill("22:00");
    page.locator("[name='start.days']").fill("weekdays");
    page.locator("[name='start.zone']").fill("Europe/Brussels");
    button(page, "Show the next times").click();
    assertThat(page.locator("#next-times time")).hasCount(5);
    button(page, "Save").click();

    assertThat(page.locator(".toast")).containsText("It starts by schedule Nightly walk.");
    assertThat(page.locator(".starters time")).hasCount(3);
    assertThat(service.wiring().schedules().named("Nightly walk").text())
        .isEqualTo("weekdays at 22:00 Europe/Brussels");
  }

  @Test
  void whatTheJobAsksForIsAskedBeforeItRuns() {
    Page page = visitor.open(visitor.signedIn(), "/new/job?target=" + FLEET);
    page.getByLabel("Name", exactly()).fill("Asking");
    write(page, "SELECT '$(what)', '$(how)'");
    field(page, "login.credential").selectOption(FLEET);
    button(page, "Add a parameter").click();
    page.locator("[name='parameters[0].name']").fill("what");
    page.locator("[name='parameters[0].asked']").check();
    button(page, "Add a parameter").click();
    page.locator("[name='parameters[1].name']").fill("how");
    page.locator("[name='parameters[1].value']").fill("gently");
    button(page, "Save and run").click();

    assertThat(page.locator("h1")).hasText("Start Asking");
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "job-start");
    page.getByText("Start", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".refusal")).containsText("wants a value for what");
    page.locator("[name='parameter.what']").fill("tables");
    page.getByText("Start", new Page.GetByTextOptions().setExact(true)).click();

    assertThat(page).hasURL(Pattern.compile(".*/executions/[0-9a-f-]{36}"));
    assertThat(service.awaitEnd(executionOf(page)).lifecycle()).isEqualTo(Lifecycle.Succeeded);
  }

  @Test
  void itIsCheckedFromTheForm() {
    service.job("Checked", "SELECT 1", FLEET);
    Page page = visitor.open(visitor.signedIn(), "/jobs/Checked/edit");
    button(page, "Save and check").click();

    assertThat(page).hasURL(Pattern.compile(".*/executions/[0-9a-f-]{36}"));
    assertThat(service.awaitEnd(executionOf(page)).purpose()).isEqualTo(Purpose.Check);
  }

  @Test
  void aTargetThatCannotBeAskedIsSaidInPlace() {
    Page page = visitor.open(visitor.signedIn(), "/new/job");
    field(page, "target").fill("nowhere");
    field(page, "target").press("Tab");
    assertThat(page.locator(".found .field-wrong")).containsText("'nowhere' does not exist");
  }

  @Test
  void itFitsAPhone() {
    Page page = visitor.open(visitor.signedIn(Visitor.phone()), "/new/job?target=" + FLEET);
    assertThat(page.locator(".found summary")).isVisible();
    Visitor.assertNothingSticksOut(page);
    Visitor.photograph(page, "job-form-phone");
  }

  private static UUID executionOf(Page page) {
    return UUID.fromString(page.url().substring(page.url().lastIndexOf('/') + 1));
  }

  /// Into the editor, as somebody types.
  private static void write(Page page, String script) {
    write(page, 0, script);
  }

  private static void write(Page page, int step, String script) {
    page.locator(".editor-field .CodeMirror").nth(step).click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(script);
  }

  private static Locator field(Page page, String name) {
    return page.locator("[name='steps[0]." + name + "']");
  }

  private static Locator button(Page page, String text) {
    return page.getByRole(AriaRole.BUTTON, named(text).setExact(true));
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
