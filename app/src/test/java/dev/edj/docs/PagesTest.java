package dev.edj.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.cli.Cli;
import dev.edj.cli.CommandLineRun;
import dev.edj.cli.manual.CommandManual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What can be said of the pages without running what they show: nothing of a shell is overlooked,
/// and what nobody runs here could be run, and is run elsewhere.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

  private static final Path NOT_RUN = Path.of("src/test/resources/dev/edj/docs/not-run.txt");

  private static final Pattern LINE_OF_A_SHELL =
      Pattern.compile("\\s*(\\$ |(\\./)?(edj|bench/run) [a-z]).*");

  /// Programs of the project that take too long for a test, as far as it says what they do.
  private static final Pattern LEFT_TO_CI =
      Pattern.compile(
          "bench/run [a-z]+|packaging/[a-z]+|\\./edj demo|promtool test rules|mvn verify|-Prelease");

  /// `edj prepare`, which no Java is started for.
  private static final List<String> OF_THE_LAUNCHER = List.of("prepare");

  private static final Pattern NAMED_TEST = Pattern.compile("\\b[A-Z]\\w*(Test|IT)\\b");

  private List<Page> pages = List.of();

  @BeforeAll
  void read() throws IOException {
    pages = Documentation.pages();
  }

  @Test
  void everyBlockIsOfAShellOrNamesAnotherLanguage() {
    assertThat(pages)
        .flatMap(page ->
            page.blocks().stream()
                .filter(block -> !block.isKnown())
                .map(block -> "%s:%d: '%s'".formatted(page.name(), block.line(), block.language()))
                .toList())
        .isEmpty();
  }

  /// Pages that are made from the code, too.
  @Test
  void belowEachHeadingThereIsSomething() {
    assertThat(pages).flatMap(PagesTest::emptySections).isEmpty();
  }

  private static List<String> emptySections(Page page) {
    List<String> empty = new ArrayList<>();
    String before = "";
    boolean fenced = false;
    for (String line : page.lines()) {
      fenced ^= line.strip().startsWith("```");
      boolean heading = !fenced && line.startsWith("#");
      if (heading && !before.isEmpty() && level(line) <= level(before)) {
        empty.add(page.name() + ": " + before);
      }
      before = heading ? line : line.isBlank() ? before : "";
    }
    if (!before.isEmpty()) {
      empty.add(page.name() + ": " + before);
    }
    return empty;
  }

  private static int level(String heading) {
    return heading.length() - heading.replaceFirst("^#+", "").length();
  }

  @Test
  void noLineOfAShellIsOutsideOfABlockForIt() {
    assertThat(pages).flatMap(PagesTest::overlooked).isEmpty();
  }

  private static List<String> overlooked(Page page) {
    Set<Integer> shown =
        page.blocks().stream()
            .filter(Block::isShell)
            .flatMap(
                block -> Stream.iterate(block.line(), line -> line + 1).limit(block.text().size()))
            .collect(Collectors.toSet());
    List<String> overlooked = new ArrayList<>();
    for (int at = 0; at < page.lines().size(); at++) {
      String line = page.lines().get(at);
      if (LINE_OF_A_SHELL.matcher(line).matches()
          && !shown.contains(at + 1)
          && !page.isSynopsis(at)) {
        overlooked.add("%s:%d: %s".formatted(page.name(), at + 1, line));
      }
    }
    return overlooked;
  }

  @Test
  void everyCommandOfEdjThatNobodyRunsCouldBeRun() {
    Calls calls = new Calls(nouns());
    List<String> wrong = new ArrayList<>();
    int read = 0;
    for (Page page : pages) {
      for (String text : notRun(page)) {
        for (List<String> words : calls.in(text)) {
          if (words.equals(OF_THE_LAUNCHER)) {
            continue;
          }
          read++;
          CommandLineRun run = CommandLineRun.read(words.toArray(String[]::new));
          if (run.exitCode() != 0) {
            wrong.add("%s: edj %s%n%s".formatted(page.name(), String.join(" ", words), run.err()));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(read).isGreaterThan(100);
  }

  /// Of shells what has a reason; and what other programs are told, such as those that run
  /// pipelines.
  private static List<String> notRun(Page page) {
    return page.blocks().stream()
        .filter(block -> block.notRun().isPresent() || !block.isShell())
        .map(block -> String.join("\n", block.text()))
        .toList();
  }

  @Test
  void whatSentencesSayOfEdjIsThere() {
    Calls calls = new Calls(nouns());
    List<String> wrong = new ArrayList<>();
    for (Page page : pages) {
      for (String code : page.codeInSentences()) {
        for (List<String> words : calls.in(code)) {
          if (words.equals(OF_THE_LAUNCHER)) {
            continue;
          }
          CommandLineRun.unknown(words)
              .ifPresent(
                  unknown -> wrong.add("%s: `%s`: %s".formatted(page.name(), code, unknown)));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Set<String> nouns() {
    return Cli.manual().verbs().stream()
        .map(CommandManual::name)
        .map(name -> name.replaceFirst("^edj ", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void whatTakesTooLongForATestIsDoneByCi() throws IOException {
    String ci =
        Files.readAllLines(Documentation.ROOT.resolve(".ci/run")).stream()
            .filter(line -> !line.strip().startsWith("#"))
            .collect(Collectors.joining("\n"));
    Set<String> left = new TreeSet<>();
    for (Page page : pages) {
      for (String text : notRun(page)) {
        LEFT_TO_CI
            .matcher(text.replaceAll("\\s#.*", ""))
            .results()
            .map(MatchResult::group)
            .forEach(left::add);
      }
    }
    assertThat(left).hasSizeGreaterThan(5).allMatch(ci::contains);
  }

  @Test
  void whatNobodyRunsIsListedWithItsReason() throws IOException {
    List<String> listed = new ArrayList<>();
    for (Page page : pages) {
      page.sessions().stream()
          .filter(session -> session.notRun().isPresent() && !session.steps().isEmpty())
          .filter(session -> !page.file().endsWith("commands.md"))
          .map(session ->
              "%s: %s — %s".formatted(page.name(), firstLine(session), session.notRun().orElse("")))
          .forEach(listed::add);
    }
    String text = "%d sessions\n%s\n".formatted(listed.size(), String.join("\n", listed));
    if (SessionsTest.WRITES) {
      Files.writeString(NOT_RUN, text);
    }
    assertThat(Files.readString(NOT_RUN))
        .as("%s is made by this test with -Dedj.docs=write", NOT_RUN)
        .isEqualTo(text);
  }

  private static String firstLine(Session session) {
    return session.steps().getFirst().command().lines().findFirst().orElse("");
  }

  @Test
  void theTestsThatReasonsNameAreThere() throws IOException {
    Set<String> tests =
        Documentation.files().stream()
            .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());
    List<String> reasons =
        pages.stream()
            .flatMap(page -> page.sessions().stream())
            .map(Session::notRun)
            .flatMap(Optional::stream)
            .toList();
    assertThat(reasons)
        .flatMap(reason -> NAMED_TEST.matcher(reason).results().map(MatchResult::group).toList())
        .isNotEmpty()
        .isSubsetOf(tests);
  }
}
