package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Executions are found by anything, and the address says by what.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutionListIT {

  private static final String JOB = "List / ed & <b>";

  private final PortalService service = PortalService.shared();
  private Visitor visitor;
  private List<String> databases = List.of();

  @BeforeAll
  void come() {
    visitor = Visitor.of(service);
    databases = service.fleet("listed", 2);
    service.job(JOB, "SELECT 1", "listed");
    service.job("Listed too", "SELECT 1/0", "listed");
    service.run(JOB);
    service.run(JOB);
    service.run("Listed too");
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
  void aFormsFiltersStandInTheAddress() {
    Page page = visitor.open(visitor.signedIn(), "/executions");

    page.getByLabel("Job").fill(JOB);
    page.getByLabel("Those that have ended, too").check();
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();

    assertThat(page).hasURL(Pattern.compile(".*[?&]all=true.*"));
    assertThat(rows(page)).hasCount(2);
    assertThat(rows(page).first()).containsText(JOB);
    assertThat(rows(page).first()).containsText("2 / 2");
    assertThat(page.getByLabel("Job")).hasValue(JOB);
    Visitor.assertUsableByAll(page);
    Visitor.photograph(page, "executions");
  }

  @Test
  void whatRanOnADatabaseIsListedByItsChildren() {
    Page page =
        visitor.open(visitor.signedIn(), "/executions?all=true&database=" + databases.getFirst());

    assertThat(rows(page)).hasCount(3);
    assertThat(rows(page).first()).containsText(databases.getFirst());
    assertThat(page.locator("details")).hasAttribute("open", "open");
  }

  @Test
  void whatCannotBeReadIsSaidBesideItsFieldAndStaysTyped() {
    Page page = visitor.open(visitor.signedIn(), "/executions?createdFrom=yesterday&all=true");

    Locator field = page.getByLabel("Created since");
    assertThat(field).hasValue("yesterday");
    assertThat(field).hasAttribute("aria-invalid", "true");
    assertThat(page.locator("#createdFrom-wrong")).containsText("'yesterday' is not a time");
    Visitor.assertUsableByAll(page);
  }

  @Test
  void aJobThatDoesNotExistIsSaid() {
    Page page = visitor.open(visitor.signedIn(), "/executions?job=none");
    assertThat(page.locator(".refusal")).containsText("job 'none' does not exist");
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    service.fleet("paged", 1);
    service.job("Paged", "SELECT 1", "paged");
    List<String> started =
        IntStream.range(0, 51).mapToObj(_ -> service.start("Paged").id().toString()).toList();
    Page page = visitor.open(visitor.signedIn(), "/executions?job=Paged&all=true");
    assertThat(rows(page)).hasCount(50);

    page.getByText("Next page").click();

    assertThat(rows(page)).hasCount(1);
    assertThat(rows(page).first().locator("a").first())
        .hasAttribute("href", "/executions/" + started.getFirst());
    page.getByText("First page").click();
    assertThat(rows(page)).hasCount(50);
  }

  @Test
  void anEmptyListSaysWhatToDo() {
    Page page = visitor.open(visitor.signedIn(), "/executions?lifecycle=Canceled&job=Listed%20too");
    assertThat(page.locator(".empty")).containsText("edj job start NAME --wait");
  }

  @Test
  void itFitsAPhone() {
    Page page = visitor.open(visitor.signedIn(Visitor.phone()), "/executions?all=true");
    assertThat(rows(page).first()).isVisible();
    Visitor.assertNothingSticksOut(page);
  }

  @Test
  void itWorksWithoutScripts() {
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/executions");
    page.getByLabel("Job").fill("Listed too");
    page.getByLabel("Lifecycle").selectOption("Failed");
    page.keyboard().press("Tab");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(rows(page)).hasCount(1);
    assertThat(rows(page).locator(".lifecycle").allTextContents()).containsExactly("Failed");
  }

  private static Locator rows(Page page) {
    return page.locator("table tbody tr");
  }
}
