package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.edj.execution.JobExecution;
import dev.edj.node.ServiceNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Nodes are seen at work, drained and resumed. A service of its own: a drained node runs nobody
/// else's tests.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodePagesIT {

  private final PortalService service = PortalService.start();
  private Visitor visitor;
  private List<String> databases = List.of();

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    databases = service.fleet("nodes", 2);
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
    service.close();
  }

  @Test
  void aNodeShowsWhatItWorksOn() {
    service.job("Held", Gate.SCRIPT, "nodes");
    Page page = visitor.signedIn();
    try (Gate _ = Gate.closed(databases)) {
      JobExecution started = service.start("Held");
      service.awaitRunning(started.id(), 2);

      visitor.open(page, "/nodes");
      assertThat(page.locator("tbody tr .lifecycle")).hasText("Active");
      Visitor.assertUsableByAll(page);
      Visitor.photograph(page, "nodes");
      page.locator("tbody a").click();

      assertThat(page.locator("h1")).hasText(node().name());
      assertThat(page.locator("tbody tr")).hasCount(2);
      assertThat(page.locator("tbody tr").first()).containsText("Held");
      Visitor.assertUsableByAll(page);
    }
  }

  @Test
  void aNodeIsDrainedAndResumed() {
    Page page = visitor.open(visitor.signedIn(), "/nodes/" + node().id());

    Locator dialog = page.getByRole(AriaRole.DIALOG);
    page.getByText("Drain").focus();
    page.keyboard().press("Enter");
    assertThat(dialog).containsText("What it runs goes on to its end");
    Visitor.assertUsableByAll(page);
    page.keyboard().press("Escape");
    assertThat(dialog).not().isVisible();
    assertThat(page.locator("main .lifecycle").first()).hasText("Active");

    page.getByText("Drain").click();
    dialog.getByText("Drain it").click();
    assertThat(page.locator(".toast")).containsText("takes nothing new");
    assertThat(page.locator("main .lifecycle").first()).hasText("Draining");

    page.getByText("Resume").click();
    assertThat(page.locator(".toast")).containsText("takes work again");
    assertThat(page.locator("main .lifecycle").first()).hasText("Active");
  }

  @Test
  void itIsAskedForWithoutScriptsToo() {
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/nodes/" + node().id());

    page.getByText("Drain").click();
    page.getByText("No, go back").click();
    page.getByText("Drain").click();
    page.getByText("Drain it").click();
    assertThat(page.locator("main .lifecycle").first()).hasText("Draining");

    page.getByText("Resume").click();
    assertThat(page.locator("main .lifecycle").first()).hasText("Active");
  }

  @Test
  void aNodeThatDoesNotExistIsAPageThatSaysSo() {
    Page page = visitor.open(visitor.signedIn(), "/nodes/none");
    assertThat(page.locator("main")).containsText("node 'none' does not exist");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void theyFitAPhone() {
    Page page = visitor.open(visitor.signedIn(Visitor.phone()), "/nodes");
    Visitor.assertNothingSticksOut(page);
    visitor.open(page, "/nodes/" + node().id());
    Visitor.assertNothingSticksOut(page);
  }

  private ServiceNode node() {
    return service.wiring().nodes().list(false).getFirst();
  }
}
