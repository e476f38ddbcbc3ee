package dev.edj.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
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

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path NOT_RUN = Path.of("src/test/resources/dev/edj/docs/not-run.txt");
  private static final boolean WRITES = "write".equals(System.getProperty("edj.docs"));

  @TempDir private Path folder;
  private PostgresServer server;

  @BeforeAll
  void start() {
    assumeTrue(Shell.isThere(), "there is no bash with mkfifo here");
    server = PostgresServer.start();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pagesWithSessions")
  void whatAPageShowsIsWhatHappens(Path page) throws IOException {
    Path place = Files.createTempDirectory(folder, "page");
    try (World world = World.open(place, server)) {
      Reading reading = new Reading(ROOT.resolve(page), world);
      List<String> failures = reading.readAll(WRITES);
      assertThat(failures)
          .as("what %s shows and what happens; -Dedj.docs=write shows that", page)
          .isEmpty();
    }
  }

  @Test
  void whatNobodyRunsIsListedWithItsReason() throws IOException {
    List<String> listed = new ArrayList<>();
    for (Path page : pages()) {
      Page.read(ROOT.resolve(page)).sessions().stream()
          .filter(session -> session.notRun().isPresent() && !session.steps().isEmpty())
          .map(session ->
              "%s: %s — %s"
                  .formatted(
                      page,
                      session.steps().getFirst().command().lines().findFirst().orElse(""),
                      session.notRun().orElse("")))
          .filter(line -> !line.startsWith("docs/reference/commands.md"))
          .forEach(listed::add);
    }
    String text = "%d sessions\n%s\n".formatted(listed.size(), String.join("\n", listed));
    if (WRITES) {
      Files.createDirectories(NOT_RUN.getParent());
      Files.writeString(NOT_RUN, text);
    }
    assertThat(Files.exists(NOT_RUN) ? Files.readString(NOT_RUN) : "")
        .as("%s is made by this test with -Dedj.docs=write", NOT_RUN)
        .isEqualTo(text);
  }

  @Test
  void noCommandOfEdjIsOutsideOfASession() throws IOException {
    List<String> missed = new ArrayList<>();
    for (Path file : pages()) {
      Page page = Page.read(ROOT.resolve(file));
      if (file.endsWith("commands.md")) {
        continue;
      }
      List<Integer> shown =
          page.sessions().stream()
              .flatMap(session -> session.steps().stream())
              .flatMap(step ->
                  Stream.iterate(step.line(), line -> line + 1)
                      .limit(step.lines() + step.output().size() + 1))
              .toList();
      for (int at = 0; at < page.lines().size(); at++) {
        String line = page.lines().get(at);
        if (line.matches("    \\s*(\\$ )?(\\./)?edj [a-z].*") && !shown.contains(at + 1)) {
          missed.add("%s:%d: %s".formatted(file, at + 1, line));
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  static Stream<Path> pagesWithSessions() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path page : pages()) {
      if (!Page.read(ROOT.resolve(page)).sessions().isEmpty()) {
        found.add(page);
      }
    }
    String only = System.getProperty("edj.page", "");
    return found.stream().filter(page -> page.toString().matches(".*(" + only + ").*"));
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(ROOT::resolve),
              files.filter(file -> file.toString().endsWith(".md")).sorted())
          .map(ROOT::relativize)
          .filter(page -> !page.startsWith("docs/decisions"))
          .toList();
    }
  }
}
