package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.edj.notice.NewNotice;
import dev.edj.notice.NoticeEvent;
import dev.edj.security.SigningKey;
import dev.edj.testing.NoticeReceiver;
import dev.edj.testing.NoticeReceiver.Received;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Notices are made, tried, changed and deleted in a browser.
@TestInstance(Lifecycle.PER_CLASS)
class NoticePagesIT {

  private static final Pattern KEY = Pattern.compile("whsec_[A-Za-z0-9+/=]{32,}");

  private final NoticeReceiver receiver = NoticeReceiver.start();
  private PortalService service;
  private Visitor visitor;

  @BeforeAll
  void come() {
    service = PortalService.startSendingTo(receiver.place());
    visitor = Visitor.of(service);
    service.fleet("notices-fleet", 1);
    service.job("told of", "SELECT 1", "notices-fleet");
    service.job("another", "SELECT 1", "notices-fleet");
    notice("of one job", "told of", "dba@example.com");
    notice("of all <jobs>", null, "ann@example.com");
    service.run("told of");
  }

  private void notice(String name, @Nullable String job, String email) {
    service
        .wiring()
        .notices()
        .create(
            new NewNotice(
                name, List.of(NoticeEvent.Succeeded), job, null, null, List.of(email), null));
  }

  @AfterEach
  void closePages() {
    visitor.closePages();
  }

  @AfterAll
  void leave() {
    visitor.close();
    service.close();
    receiver.close();
  }

  @Test
  void aListSaysWhoIsToldOfWhatAndHowItWent() {
    Page page = visitor.open(visitor.signedIn(), "/notices");

    assertThat(row(page, "of one job")).containsText("dba@example.com");
    assertThat(row(page, "of one job")).containsText("succeeded");
    assertThat(row(page, "of all <jobs>")).containsText("all jobs");
    Visitor.assertUsableByAll(page);

    visitor.open(page, "/notices?job=another");
    assertThat(row(page, "of all <jobs>")).hasCount(1);
    assertThat(row(page, "of one job")).hasCount(0);
    assertThat(page.locator(".lead")).containsText("another");
  }

  @Test
  void aJobsPageSaysWhoIsToldOfItAndHasOneAdded() {
    Page page = visitor.open(visitor.signedIn(), "/jobs/told%20of");
    Locator told = section(page, "Who is told");
    assertThat(told).containsText("of one job");
    assertThat(told).containsText("succeeded → dba@example.com");
    assertThat(told.locator("li", within("of all <jobs>"))).containsText("all jobs");
    Visitor.assertUsableByAll(page);

    told.getByText("Add a notice for this job").click();
    assertThat(page.getByLabel("Of the job")).hasValue("told of");
    assertThat(page.getByLabel("failed", label())).isChecked();
    assertThat(page.getByLabel("timed out", label())).isChecked();
    assertThat(page.getByLabel("succeeded", label())).not().isChecked();
    page.getByLabel("Name", label()).fill("added");
    page.getByLabel("By e-mail").check();
    assertThat(page.getByLabel("Address", label())).isHidden();
    page.getByLabel("E-mail addresses").fill("eve@example.com, bob@example.com");
    button(page, "Create").click();
    assertThat(page.locator(".toast")).containsText("Notice added is created.");

    visitor.open(page, "/jobs/told%20of");
    assertThat(section(page, "Who is told").locator("li", within("added")))
        .containsText("failed, timed-out → eve@example.com, bob@example.com");
    visitor.open(page, "/jobs/another");
    assertThat(section(page, "Who is told")).not().containsText("added");
    section(page, "Who is told").getByText("of all <jobs>").click();
    assertThat(page.locator("h1")).hasText("of all <jobs>");
  }

  @Test
  void aWebhookIsMadeAndTriedAndItsAddressIsOnNoPage() {
    Page page = visitor.open(visitor.signedIn(), "/new/notice");
    page.getByLabel("Name", label()).fill("hook / ü");
    page.getByLabel("succeeded", label()).check();
    page.getByLabel("Address", label()).fill("https://elsewhere.example.com/s3cret");
    page.getByLabel("Format").selectOption("Slack");
    button(page, "Create").click();
    assertThat(page.locator("#webhook-wrong"))
        .containsText("may not be sent to https://elsewhere.example.com");
    assertThat(page.getByLabel("Name", label())).hasValue("hook / ü");
    assertThat(page.getByLabel("succeeded", label())).isChecked();
    assertThat(page.getByLabel("Format")).hasValue("Slack");
    assertThat(page.getByLabel("Address", label())).hasValue("");
    assertThat(page.content()).doesNotContain("s3cret");
    Visitor.assertUsableByAll(page);

    button(page, "Create").click();
    assertThat(page.locator("#webhook-wrong")).hasText("give its address");
    page.getByLabel("Format").selectOption("Json");
    page.getByLabel("Address", label()).fill(receiver.place() + "/s3cret");
    button(page, "Create").click();
    assertThat(page.locator("h1")).hasText("hook / ü");
    String key = shownKey(page);
    assertThat(page.locator("main")).containsText(receiver.place() + "/…");
    assertThat(page.content()).doesNotContain("s3cret");
    Visitor.assertUsableByAll(page);

    button(page, "Send a test").click();
    assertThat(page.locator("h1")).hasText("test");
    assertThat(page.locator("#delivery-facts")).containsText("It has arrived.");
    assertThat(page.locator("#delivery-attempts tbody")).containsText("204");
    assertThat(page.locator("#delivery-body")).containsText("notice.test");
    Visitor.assertUsableByAll(page);
    assertThat(receiver.received("/s3cret")).hasSize(1);
    assertThat(signature(key)).isEqualTo(received().header("webhook-signature"));

    page.locator(".trail").getByText("hook / ü").click();
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.content()).doesNotContain(key);

    page.getByText("Another key").click();
    page.getByLabel("How long the key before").fill("soon");
    button(page, "Make it").click();
    assertThat(page.locator("#overlap-wrong")).containsText("'soon' is not a duration");
    page.getByLabel("How long the key before").fill("2d");
    button(page, "Make it").click();
    assertThat(shownKey(page)).isNotEqualTo(key);
    assertThat(page.locator("main")).containsText("Signing key before good until");
  }

  private Received received() {
    return receiver.received("/s3cret").getFirst();
  }

  private String signature(String key) {
    return new SigningKey(key)
        .signature(
            received().header("webhook-id"),
            Long.parseLong(received().header("webhook-timestamp")),
            received().body());
  }

  private static String shownKey(Page page) {
    Locator shown = section(page, "Signing key").locator(".command");
    assertThat(shown).hasText(KEY);
    return shown.innerText().strip();
  }

  @Test
  void whatWasNotTakenIsShownWithItsAnswerAndSentAgain() {
    receiver.answers(
        "/refusing",
        exchange -> {
          byte[] answer = "not <today>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(503, answer.length);
          exchange.getResponseBody().write(answer);
        });
    Page page = visitor.open(visitor.signedIn(), "/new/notice");
    page.getByLabel("Name", label()).fill("refused");
    page.getByLabel("Address", label()).fill(receiver.place() + "/refusing");
    button(page, "Create").click();

    button(page, "Send a test").click();
    assertThat(page.locator("#delivery-facts")).containsText("It was not taken, and is given up.");
    assertThat(page.locator("#delivery-attempts tbody")).containsText("503 not <today>");

    receiver.answers("/refusing", exchange -> exchange.sendResponseHeaders(204, -1));
    page.getByText("Send again").click();
    button(page, "Send it").click();
    assertThat(page.locator("#delivery-facts")).containsText("It has arrived.");
    assertThat(page.locator("#delivery-attempts tbody tr")).hasCount(2);
    assertThat(receiver.ids("refusing").stream().distinct()).hasSize(1);
  }

  @Test
  void aNoticeIsChangedDisabledEnabledAndDeletedWithoutScripts() {
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/new/notice");
    page.getByLabel("Name", label()).fill("of one job");
    page.getByLabel("failed", label()).uncheck();
    page.getByLabel("timed out", label()).uncheck();
    page.getByLabel("By e-mail").check();
    page.getByLabel("E-mail addresses").fill("nobody");
    button(page, "Create").click();
    assertThat(page.locator("#on-wrong")).hasText("must name at least one event");
    page.getByLabel("waits for an approval").check();
    button(page, "Create").click();
    assertThat(page.locator("#emails-wrong")).containsText("'nobody' is not an address");
    assertThat(page.getByLabel("E-mail addresses")).hasValue("nobody");
    assertThat(page.getByLabel("waits for an approval")).isChecked();
    page.getByLabel("E-mail addresses").fill("dba@example.com");
    button(page, "Create").click();
    assertThat(page.locator("#name-wrong")).containsText("exists already");
    page.getByLabel("Name", label()).fill("changing");
    page.getByLabel("Disabled").check();
    button(page, "Create").click();
    assertThat(page.locator("h1")).hasText("changing");
    assertThat(page.locator(".page-header .badge")).hasText("disabled");
    assertThat(page.locator("main")).containsText("approval-wanted");

    button(page, "Enable").click();
    assertThat(page.locator(".page-header .badge")).hasCount(0);
    page.getByText("Change", exact()).click();
    page.getByLabel("Of the job").fill("no such job");
    button(page, "Save").click();
    assertThat(page.locator("#job-wrong")).containsText("'no such job' does not exist");
    page.getByLabel("Of the job").fill("another");
    page.getByLabel("E-mail addresses").fill("ann@example.com\nbob@example.com");
    button(page, "Save").click();
    assertThat(page.locator(".toast")).containsText("Saved.");
    assertThat(page.locator("main")).containsText("ann@example.com, bob@example.com");
    assertThat(page.locator("dl a")).hasText("another");
    page.getByText("Change", exact()).click();
    page.getByLabel("Of the job").fill("");
    button(page, "Save").click();
    assertThat(page.locator("main")).containsText("all jobs");

    button(page, "Disable").click();
    assertThat(page.locator(".page-header .badge")).hasText("disabled");
    page.getByText("Delete", exact()).click();
    button(page, "Delete it").click();
    assertThat(page.locator(".toast")).containsText("Notice changing is deleted.");
    assertThat(row(page, "changing")).hasCount(0);
  }

  @Test
  void anAddressThatIsLeftEmptyStaysAsItIs() {
    Page page = visitor.open(visitor.signedIn(), "/new/notice");
    page.getByLabel("Name", label()).fill("kept");
    page.getByLabel("Address", label()).fill(receiver.place() + "/kept");
    button(page, "Create").click();
    page.getByText("Change", exact()).click();
    page.getByLabel("Format").selectOption("Teams");
    button(page, "Save").click();
    assertThat(page.locator("main")).containsText("Teams");

    button(page, "Send a test").click();
    assertThat(page.locator("#delivery-facts")).containsText("It has arrived.");
    assertThat(receiver.received("/kept").getFirst().body()).contains("AdaptiveCard");
  }

  @Test
  void aFormIsFilledInByTheKeyboardAlone() {
    Page page = visitor.open(visitor.signedIn(), "/new/notice?job=another");
    page.getByLabel("Name", label()).focus();
    page.keyboard().type("by keys");
    page.keyboard().press("Tab");
    page.keyboard().press("Space");
    assertThat(page.getByLabel("failed", label())).not().isChecked();
    page.getByLabel("By webhook").focus();
    page.keyboard().press("ArrowRight");
    page.keyboard().press("Tab");
    page.keyboard().type("keys@example.com");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("by keys");
    assertThat(page.locator("main")).containsText("keys@example.com");
  }

  @Test
  void aDeliveryThatWaitsSaysWhy() {
    Page page = visitor.open(visitor.signedIn(), "/notices");
    page.getByText("of one job").click();
    assertThat(page.locator("h1")).hasText("of one job");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody")).containsText("told of");
    Visitor.assertUsableByAll(page);

    page.locator("tbody th a").click();
    assertThat(page.locator("h1")).hasText("succeeded");
    assertThat(page.locator("#delivery-attempts tbody")).containsText("--smtp-server");
    assertThat(page.locator("#delivery-facts")).containsText("Next attempt");
    assertThat(page.locator("main")).not().containsText("Send again");
  }

  @Test
  void theyFitAPhone() {
    Page page = visitor.signedIn(Visitor.phone());
    for (String path :
        List.of(
            "/notices",
            "/new/notice",
            "/notices/of%20one%20job",
            "/notices/of%20one%20job/edit",
            "/jobs/told%20of")) {
      visitor.open(page, path);
      assertThat(page.locator(".error-status")).hasCount(0);
      Visitor.assertNothingSticksOut(page);
    }
    visitor.open(page, "/notices/of%20one%20job");
    page.locator("tbody th a").click();
    assertThat(page.locator("#delivery-facts")).isVisible();
    Visitor.assertNothingSticksOut(page);
  }

  private static Locator row(Page page, String name) {
    return page.locator("tbody tr", has(name));
  }

  /// By its title; what has just come up is a status.
  private static Locator section(Page page, String title) {
    Page.GetByRoleOptions titled = new Page.GetByRoleOptions().setName(title).setExact(true);
    return page.getByRole(AriaRole.REGION, titled).or(page.getByRole(AriaRole.STATUS, titled));
  }

  private static Page.LocatorOptions has(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Locator.LocatorOptions within(String text) {
    return new Locator.LocatorOptions().setHasText(text);
  }

  /// By its role: the texts around may say the same together.
  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Page.GetByTextOptions exact() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Page.GetByLabelOptions label() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
