package dev.edj.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  @TempDir private Path folder;
  private @Nullable Surroundings surroundings;

  @BeforeAll
  void start() {
    assumeTrue(Shell.isThere(), "there is no bash with mkfifo here");
    surroundings = Surroundings.start();
  }

  @AfterAll
  void stop() {
    if (surroundings != null) {
      surroundings.close();
    }
  }

  @ParameterizedTest
  @MethodSource("pagesWithSessions")
  void whatAPageShowsIsWhatHappens(Page page) throws IOException {
    Path place = Files.createTempDirectory(folder, "page");
    try (World world = World.open(page, place, requireNonNull(surroundings))) {
      Reading reading = new Reading(page, world);
      List<String> failures = reading.readAll(WRITES);
      assertThat(failures)
          .as("what %s shows and what happens; -Dedj.docs=write shows that", page.name())
          .isEmpty();
    }
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
