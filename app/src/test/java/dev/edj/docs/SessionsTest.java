package dev.edj.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command that a page shows is run, from the top of the page to its end, and answers what
/// the page says. How to write such a page is in CONTRIBUTING.md. With `-Dedj.docs=write` what is
/// different is written into the page instead; a line with `?` alone is where output will be.
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {

  static final boolean WRITES = "write".equals(System.getProperty("edj.docs"));

  /// Much of a page's time is waiting: of the shell for the command line, of that for the service.
  private static final int AT_ONCE = 2;

  private final ExecutorService readers = Executors.newFixedThreadPool(AT_ONCE);
  private final BlockingQueue<Surroundings> free = new ArrayBlockingQueue<>(AT_ONCE);
  private final Map<String, Future<List<String>>> readings = new HashMap<>();

  @BeforeAll
  void begin(@TempDir Path folder) throws IOException {
    assumeTrue(Shell.isThere(), "there is no bash with mkfifo here");
    for (int reader = 0; reader < AT_ONCE; reader++) {
      free.add(Surroundings.start());
    }
    for (Page page : pagesWithSessions().toList()) {
      readings.put(page.name(), readers.submit(() -> read(page, folder)));
    }
  }

  private List<String> read(Page page, Path folder) throws IOException, InterruptedException {
    Surroundings surroundings = free.take();
    try (World world = World.open(page, Files.createTempDirectory(folder, "page"), surroundings)) {
      return new Reading(page, world).readAll(WRITES);
    } finally {
      free.add(surroundings);
    }
  }

  @AfterAll
  void end() {
    readers.close();
    free.forEach(Surroundings::close);
  }

  @ParameterizedTest
  @MethodSource("pagesWithSessions")
  void whatAPageShowsIsWhatHappens(Page page) throws Exception {
    assertThat(requireNonNull(readings.get(page.name())).get())
        .as("what %s shows and what happens; -Dedj.docs=write shows that", page)
        .isEmpty();
  }

  static Stream<Page> pagesWithSessions() throws IOException {
    String only = System.getProperty("edj.page", "");
    return Documentation.pages().stream()
        .filter(page -> page.sessions().stream().anyMatch(SessionsTest::isRun))
        .filter(page -> page.name().matches(".*(" + only + ").*"));
  }

  private static boolean isRun(Session session) {
    return !session.hidden() && session.notRun().isEmpty();
  }
}
