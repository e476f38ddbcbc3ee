package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.edj.notice.NewNotice;
import dev.edj.notice.NoticeEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The pages of notices, in a browser.
@TestInstance(Lifecycle.PER_CLASS)
class NoticePagesIT {

  private PortalService service;
  private Visitor visitor;

  @BeforeAll
  void come() {
    service = PortalService.start();
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
  }

  @Test
  void aListSaysWhoIsToldOfWhatAndHowItWent() {
    Page page = visitor.open(visitor.signedIn(), "/notices");

    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("tbody")).containsText("of all <jobs>");
    assertThat(page.locator("tbody")).containsText("dba@example.com");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void aJobsPageLeadsToWhoIsToldOfIt() {
    Page page = visitor.open(visitor.signedIn(), "/jobs/another");
    page.locator(".page-actions").getByText("Notices").click();

    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody")).containsText("of all <jobs>");
    assertThat(page.locator(".lead")).containsText("another");
  }

  @Test
  void aNoticeShowsWhatWasSentAndWhatWasAnswered() {
    Page page = visitor.open(visitor.signedIn(), "/notices");
    page.getByText("of one job").click();

    assertThat(page.locator("h1")).hasText("of one job");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody")).containsText("succeeded");
    assertThat(page.locator("tbody a")).hasText("told of");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void theyFitAPhone() {
    Page page = visitor.signedIn(Visitor.phone());
    for (String path : List.of("/notices", "/notices/of%20one%20job")) {
      visitor.open(page, path);
      assertThat(page.locator(".error-status")).hasCount(0);
      Visitor.assertNothingSticksOut(page);
    }
  }
}
