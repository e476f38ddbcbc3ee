package dev.edj.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// What pages say of `bench/run` takes minutes to run. That its options are right is seen here;
/// that it works, in the short form of each measurement that `.ci/run` has.
class BenchPagesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern CALL = Pattern.compile("\\bbench/run((?: [\\w,.=-]+)*)");

  /// CI gives each a time limit; where it names the script otherwise, the script is looked at.
  private static final Pattern MADE = Pattern.compile("\\bwithin \\d+ " + CALL.pattern());

  /// In a sentence, where it may go on in the next line, or in a block.
  private static final Pattern CODE =
      Pattern.compile("`([^`\\n]+(?:\\n[^`\\n]+)?)`|^ {4,}(.*)$", Pattern.MULTILINE);

  @Test
  void everyMeasurementThatAPageNamesTakesTheOptionsThatItShows() throws IOException {
    Map<String, String> wrong = new TreeMap<>();
    List<String> calls = calls();
    for (String call : calls) {
      try {
        parse(call);
      } catch (ParameterException e) {
        wrong.put(call, e.getMessage());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(calls).hasSizeGreaterThan(30);
  }

  @Test
  void everyMeasurementThatAPageNamesIsMadeInShortByCi() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String call : calls()) {
      named.addAll(measurement(call));
    }
    Set<String> made = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve(".ci/run"))) {
      Matcher call = MADE.matcher(line);
      while (!line.strip().startsWith("#") && call.find()) {
        made.addAll(measurement(call.group(1).strip()));
      }
    }
    assertThat(made).containsAll(named);
  }

  private static Set<String> measurement(String call) {
    ParseResult verb = parse(call).subcommand();
    return verb == null ? Set.of() : Set.of(verb.commandSpec().name());
  }

  private static ParseResult parse(String call) {
    CommandLine line = Bench.commandLine();
    return call.isEmpty() ? line.parseArgs() : line.parseArgs(call.split(" "));
  }

  /// Those in blocks, up to a remark, and those in code of sentences; without `bench/run`.
  private static List<String> calls() throws IOException {
    List<String> calls = new ArrayList<>();
    for (Path page : pages()) {
      String codes =
          CODE.matcher(Files.readString(page))
              .results()
              .map(code -> code.group(1) == null ? code.group(2) : code.group(1))
              .map(code -> code.replaceFirst("\\s#.*", "").replaceAll("\\s+", " "))
              .collect(Collectors.joining("\n"));
      CALL.matcher(codes).results().map(call -> call.group(1).strip()).forEach(calls::add);
    }
    return calls;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs)
          .filter(file -> file.toString().endsWith(".md"))
          // What changed names what is gone, too.
          .filter(file -> !file.endsWith("CHANGELOG.md"))
          .toList();
    }
  }
}
