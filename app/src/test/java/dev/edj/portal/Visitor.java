package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// Somebody at a browser: a real Chromium, which has to be installed already. Used by the thread of
/// one test class, which closes it; the browser itself, whose start takes longer than most tests,
/// is then the next one's. What belongs to a visitor is in contexts, which go with them.
///
/// Whatever a page complains about on its console, such as a script that the content policy
/// forbids, fails the test when the visitor leaves.
final class Visitor implements AutoCloseable {

  private static final double PATIENCE_MILLISECONDS = 20_000;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 860;

  /// A picture of a whole page ends where the page does.
  private static final int SHORT = 300;

  private static final int NARROW_WIDTH = 360;

  /// The first is Chromium without its windows: what starts with a window, too, and hides it takes
  /// several times the processor time.
  private static final List<String> PROGRAMS =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final List<String> RULES_OF_COLOUR =
      List.of("color-contrast", "link-in-text-block");
  private static final @Nullable String SCREENSHOTS = System.getProperty("edj.screenshots");

  /// Those that nobody uses now.
  private static final Queue<Started> IDLE = new ConcurrentLinkedQueue<>();

  private final PortalService service;
  private final Started browser;
  private final List<BrowserContext> opened = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private Visitor(PortalService service, Started browser) {
    this.service = service;
    this.browser = browser;
  }

  static Visitor of(PortalService service) {
    Optional<Path> chromium = chromium();
    Assumptions.assumeTrue(
        chromium.isPresent(),
        "there is no Chromium ("
            + String.join(", ", PROGRAMS)
            + "): the portal's tests are left out");
    // Machines that build have more to do.
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLISECONDS);
    Started idle = IDLE.poll();
    return new Visitor(service, idle == null ? Started.of(chromium.orElseThrow()) : idle);
  }

  /// A browser with what drives it. Many threads may use it, one after the other. Both end with the
  /// virtual machine.
  private record Started(Playwright playwright, Browser browser) {

    static Started of(Path chromium) {
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(chromium)
                      .setHeadless(true)
                      .setArgs(
                          List.of(
                              "--no-sandbox",
                              "--disable-background-networking",
                              "--disable-dev-shm-usage",
                              "--disable-gpu")));
      return new Started(playwright, browser);
    }

    void close() {
      browser.close();
      playwright.close();
    }
  }

  /// A page of somebody who has signed in by a ticket, in a session of its own.
  Page signedIn() {
    return signedIn(options());
  }

  Page signedIn(Browser.NewContextOptions options) {
    Page page = stranger(options);
    page.navigate(service.ticket());
    return page;
  }

  /// A page of somebody who has not.
  Page stranger() {
    return stranger(options());
  }

  Page stranger(Browser.NewContextOptions options) {
    BrowserContext context = browser.browser.newContext(options);
    opened.add(context);
    context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
        complaints.add(page.url() + ": " + message.text());
      }
    });
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    return page;
  }

  /// Between two tests: a page that stays open keeps up with all that the others do.
  void closePages() {
    opened.forEach(BrowserContext::close);
    opened.clear();
  }

  static Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setViewportSize(WIDTH, HEIGHT)
        .setReducedMotion(ReducedMotion.REDUCE)
        .setTimezoneId("Europe/Brussels")
        .setLocale("en-GB")
        .setColorScheme(ColorScheme.LIGHT);
  }

  static Browser.NewContextOptions withoutScripts() {
    return options().setJavaScriptEnabled(false);
  }

  /// Where the local time is another day's than UTC's: it is written with its date there, which
  /// takes the most room.
  static Browser.NewContextOptions phone() {
    boolean afternoon = LocalTime.now(ZoneOffset.UTC).getHour() >= 12;
    return options()
        .setViewportSize(NARROW_WIDTH, 740)
        .setHasTouch(true)
        .setTimezoneId(afternoon ? "Etc/GMT-14" : "Etc/GMT+12");
  }

  /// Goes to a path of the portal.
  Page open(Page page, String path) {
    page.navigate(service.url(path).toString());
    return page;
  }

  /// What is wrong with the page for those who cannot see it well, or not at all. The other theme
  /// has other colours, and nothing else.
  static void assertUsableByAll(Page page) {
    assertNothingGrave(page, ColorScheme.DARK, rules(page).withRules(RULES_OF_COLOUR));
    assertNothingGrave(page, ColorScheme.LIGHT, rules(page));
  }

  private static AxeBuilder rules(Page page) {
    return new AxeBuilder(page).setLegacyMode(true);
  }

  private static void assertNothingGrave(Page page, ColorScheme theme, AxeBuilder rules) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
    List<String> grave =
        rules.analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .flatMap(Visitor::described)
            .toList();
    assertThat(grave).as("%s, %s", page.url(), theme).isEmpty();
  }

  private static Stream<String> described(Rule rule) {
    return rule.getNodes().stream()
        .map(node -> rule.getId() + ": " + node.getTarget() + " " + node.getFailureSummary());
  }

  /// The page fits into its window: nothing is to the right of it.
  static void assertNothingSticksOut(Page page) {
    assertThat(
            page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("pixels beyond the right edge of %s", page.url())
        .isEqualTo(0);
  }

  /// A picture for the documentation, light and dark, when the property `edj.screenshots` names a
  /// directory for it.
  static void photograph(Page page, String name) {
    if (SCREENSHOTS == null) {
      return;
    }
    ViewportSize size = page.viewportSize();
    page.setViewportSize(size.width, SHORT);
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
      Path file = Path.of(SCREENSHOTS, name + (theme == ColorScheme.DARK ? "-dark.png" : ".png"));
      page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }
    page.setViewportSize(size.width, size.height);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private static Optional<Path> chromium() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(directory -> PROGRAMS.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// A browser of which a context cannot be closed is nobody's any more.
  @Override
  public void close() {
    try {
      closePages();
      IDLE.add(browser);
    } catch (PlaywrightException e) {
      browser.close();
      throw e;
    }
    assertThat(complaints).isEmpty();
  }
}
