package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.edj.content.ContentKind;
import dev.edj.content.Contents;
import dev.edj.credential.NewCredential;
import dev.edj.dacpac.Packages;
import dev.edj.execution.Purpose;
import dev.edj.job.JobStep;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.target.NewTarget;
import dev.edj.target.TargetKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A job is made of a data-tier package that comes with its form.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("uploads of the shared portal")
class JobPackageIT {

  private static final String LOGIN = "deployer";

  private static final byte[] PACKAGE = Packages.ofNothing().bytes();
  private static final byte[] DAMAGED = Packages.ofNothing().checksum("00").bytes();

  private final PortalService service = PortalService.shared();
  private final Contents contents = service.wiring().contents();
  private Visitor visitor;

  /// Nothing listens there.
  private String target = "";

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    service
        .wiring()
        .credentials()
        .create(new NewCredential(LOGIN, "sa", "not asked for", null, List.of("*")));
    target =
        service
            .wiring()
            .targets()
            .create(
                new NewTarget(
                    TargetKind.Database,
                    null,
                    "sqlserver://localhost:1",
                    "orders",
                    null,
                    null,
                    null))
            .name();
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
  void aJobIsMadeOfAPackageAndChecked() {
    Page page = blank(visitor.signedIn(), "Deploys / orders");
    choose(page, PACKAGE);
    field(page, "publishOptions").fill("BlockOnPossibleDataLoss=False");
    field(page, "script.comment").fill("From the build");
    assertThat(page.locator(".CodeMirror")).isHidden();
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "job-form-package");
    button(page, "Save and check").click();

    assertThat(page).hasURL(Pattern.compile(".*/executions/[0-9a-f-]{36}"));
    UUID check = UUID.fromString(page.url().substring(page.url().lastIndexOf('/') + 1));
    assertThat(service.wiring().executions().named(check).purpose()).isEqualTo(Purpose.Check);
    service.wiring().executions().stop(check);
    JobStep step = service.wiring().jobs().named("Deploys / orders").steps().getFirst();
    assertThat(step.publishOptions()).containsEntry("BlockOnPossibleDataLoss", "False");
    assertThat(contents.named(step.content()).kind()).isEqualTo(ContentKind.Dacpac);
    assertThat(contents.version(step.content(), null).comment()).isEqualTo("From the build");
  }

  @Test
  void whatIsWrongWithThePackageIsSaidBesideIt() {
    Page page = blank(visitor.signedIn(), "Spoiled");
    button(page, "Save").click();
    assertThat(wrong(page, "script.dacpac")).hasText("choose a file");
    choose(page, DAMAGED);
    button(page, "Save").click();
    assertThat(wrong(page, "script.dacpac")).containsText("checksum");
    assertThat(page.getByText("Choose it again")).isVisible();
    choose(page, PACKAGE);
    field(page, "publishOptions").fill("NoSuchOption=True");
    button(page, "Save").click();
    assertThat(wrong(page, "publishOptions")).containsText("NoSuchOption");
    assertThat(field(page, "publishOptions")).hasValue("NoSuchOption=True");
    Visitor.assertUsableByAll(page);
    assertThat(contents.names("Spoiled", 1)).isEmpty();

    field(page, "publishOptions").fill("");
    choose(page, PACKAGE);
    button(page, "Save").click();
    assertThat(page.locator("h1")).hasText("Spoiled");
  }

  @Test
  void withoutScriptsItIsMadeToo() {
    Page page = blank(visitor.signedIn(Visitor.withoutScripts()), "Without scripts");
    choose(page, PACKAGE);
    button(page, "Look").click();
    assertThat(page.getByText("Choose it again")).isVisible();
    choose(page, PACKAGE);
    button(page, "Save").click();
    assertThat(page.locator("h1")).hasText("Without scripts");
  }

  @Test
  void theFileThatWasChosenStaysWhileTheFormIsFilledIn() {
    Page page = blank(visitor.signedIn(), "Stays");
    choose(page, PACKAGE);
    page.onRequest(request -> {
      String sent = request.postData();
      assertThat(sent == null ? "" : sent).doesNotContain("dacpac=");
    });
    button(page, "Add a parameter").click();
    page.locator("[name='parameters[0].name']").fill("Tenant");
    page.locator("[name='parameters[0].value']").fill("standard");
    assertThat(field(page, "script.dacpac").evaluate("input => input.files.length")).isEqualTo(1);
    button(page, "Add a step").click();
    button(page, "Remove step 2").click();
    assertThat(page.locator(".step")).hasCount(1);
    assertThat(page.getByText("Choose it again")).isVisible();
    choose(page, PACKAGE);
    button(page, "Add a parameter").click();
    page.locator("[name='parameters[1].name']").waitFor();
    assertThat(field(page, "script.dacpac").evaluate("input => input.files.length")).isEqualTo(1);
  }

  @Test
  void aNewerPackageIsAVersionOfTheContentUnlessSomebodyWasFaster() throws IOException {
    contents.createDacpac("newer", stream(), null);
    service
        .wiring()
        .jobs()
        .create(
            new NewJob(
                "Newer",
                null,
                List.of(
                    NewJobStep.of("newer", LOGIN, target)
                        .publishOptions(Map.of("IgnoreComments", "True"))
                        .build()),
                null,
                null));
    Page page = visitor.open(visitor.signedIn(), "/jobs/Newer/edit");
    assertThat(page.locator(".CodeMirror")).isHidden();
    assertThat(field(page, "publishOptions")).hasValue("IgnoreComments=True");
    assertThat(page.getByText("It is saved as version 2 of newer. At most 24 MiB.")).isVisible();
    choose(page, PACKAGE);
    contents.addDacpacVersion("newer", stream(), null, null);
    button(page, "Save").click();
    assertThat(wrong(page, "script.dacpac")).containsText("somebody made version 2");
    choose(page, PACKAGE);
    button(page, "Save").click();
    assertThat(page.locator(".toast")).containsText("Content newer has version 3 now.");
  }

  @Test
  void aPackageThatIsChosenSaysWhichVariablesItHas() throws IOException {
    byte[] withVariable = Packages.ofVariables(List.of("Tenant")).bytes();
    contents.createDacpac("chosen package", new ByteArrayInputStream(withVariable), null);
    Page page = visitor.open(visitor.signedIn(), "/new/job?content=chosen%20package");
    assertThat(page.locator(".CodeMirror")).isHidden();
    assertThat(field(page, "publishOptions")).isVisible();
    assertThat(page.locator(".when-package .badge")).hasText("Tenant");
    page.getByLabel("Write a new script").check();
    assertThat(page.locator(".CodeMirror")).isVisible();
    assertThat(field(page, "publishOptions")).isHidden();
    page.setViewportSize(360, 740);
    page.getByLabel("Take one of the contents").check();
    Visitor.assertNothingSticksOut(page);
  }

  private Page blank(Page page, String name) {
    visitor.open(page, "/new/job");
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
    page.getByLabel("Send a data-tier package").check();
    field(page, "target").fill(target);
    field(page, "login.credential").selectOption(LOGIN);
    return page;
  }

  private static void choose(Page page, byte[] content) {
    field(page, "script.dacpac")
        .setInputFiles(new FilePayload("Orders.dacpac", "application/octet-stream", content));
  }

  private static ByteArrayInputStream stream() {
    return new ByteArrayInputStream(PACKAGE);
  }

  private static Locator field(Page page, String name) {
    return page.locator("[name='steps[0]." + name + "']");
  }

  private static Locator wrong(Page page, String name) {
    return page.locator("[id='steps[0]." + name + "-wrong']");
  }

  private static Locator button(Page page, String text) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
  }
}
