package dev.edj.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// What pages say of `bench/run` takes minutes to run; that its options are right is seen here.
class BenchPagesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules");
  private static final Pattern CALL = Pattern.compile("\\bbench/run((?: [\\w,.=-]+)*)");

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

  private static void parse(String call) {
    CommandLine line = Bench.commandLine();
    if (!call.isEmpty()) {
      line.parseArgs(call.split("\\s+"));
    }
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
    List<Path> pages = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // What changed names what is gone, too.
            if (file.toString().endsWith(".md") && !file.endsWith("CHANGELOG.md")) {
              pages.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return pages;
  }
}
