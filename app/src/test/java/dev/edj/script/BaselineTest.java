package dev.edj.script;

import static dev.edj.script.ScriptFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.edj.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the script/baseline pairs of the parser behind SQL Server Management Studio.
///
/// Compared are the batches with their counts after variables are replaced, or the code and the
/// position of the error. Not compared: the token stream, which is a detail of that parser; batches
/// and settings before an error, because EDJ runs nothing of a script with an error; and empty
/// batches, which that parser reports and its caller drops.
class BaselineTest {

  private static final Map<String, Set<ScriptException.Code>> CODES =
      Map.of(
          "CommentNotTerminated", Set.of(ScriptException.Code.COMMENT_NOT_TERMINATED),
          "StringNotTerminated", Set.of(ScriptException.Code.STRING_NOT_TERMINATED),
          "InvalidVariableName", Set.of(ScriptException.Code.INVALID_VARIABLE),
          "CircularReference", Set.of(ScriptException.Code.INCLUDE_CYCLE),
          "UnrecognizedToken", Set.of(ScriptException.Code.INVALID_COMMAND),
          "TokenExpected", Set.of(ScriptException.Code.INVALID_COMMAND));

  @TestFactory
  Stream<DynamicTest> everyScriptGivesItsBaseline() throws IOException {
    Optional<Path> folder = TestData.folder("batches");
    if (folder.isEmpty()) {
      // Inside a dynamic test the skip is counted and reported; a factory that aborts is not.
      return Stream.of(
          DynamicTest.dynamicTest(
              "script/baseline pairs",
              () -> abort("none here: set EDJ_TEST_DATA to the folder that holds batches/")));
    }
    Path scripts = folder.get().resolve("TestScripts");
    Path baselines = folder.get().resolve("Baselines");
    try (Stream<Path> files = Files.list(baselines)) {
      List<Path> sorted = files.sorted().toList();
      assertThat(sorted).isNotEmpty();
      return sorted.stream()
          .map(baseline -> {
            String name = baseline.getFileName().toString().replaceFirst("^BL-", "TS-");
            return DynamicTest.dynamicTest(
                name, () -> compare(scripts.resolve(name), Baseline.read(baseline)));
          });
    }
  }

  private static void compare(Path script, Baseline baseline) throws Exception {
    if (baseline.error().isPresent()) {
      Baseline.Refusal expected = baseline.error().get();
      ScriptException refusal = refusal(() -> run(script));
      assertThat(refusal).isNotNull();
      assertThat(CODES.get(expected.code())).contains(refusal.code());
      assertThat(refusal.line() + ":" + refusal.column()).isEqualTo(expected.position());
    } else {
      assertThat(run(script)).isEqualTo(baseline.executed());
    }
  }

  private static List<Baseline.Execution> run(Path file) throws Exception {
    // The baselines' own runner gives the first script no name, so a circle is noticed only when
    // it comes to the first included file again.
    String script =
        ScriptInliner.inline(
            new NamedScript("", read(file)),
            (name, from) -> Optional.of(new NamedScript(name, read(file.resolveSibling(name)))));
    try {
      return execute(ScriptSplitter.split(script, ScriptDialect.SQL_SERVER));
    } catch (ScriptException refused) {
      if (refused.code() == ScriptException.Code.EMPTY_SCRIPT) {
        return List.of();
      }
      throw refused;
    }
  }

  private static List<Baseline.Execution> execute(SplitScript script) throws ScriptException {
    Map<String, String> unresolved = new HashMap<>();
    for (String name : script.undefinedVariables(Set.of())) {
      unresolved.put(name, "$(" + name + ")");
    }
    List<Baseline.Execution> executed = new ArrayList<>();
    for (Batch batch : script.batches()) {
      PreparedBatch prepared = Variables.prepare(batch, unresolved);
      executed.add(new Baseline.Execution(batch.count(), prepared.text()));
    }
    return executed;
  }

  private static String read(Path file) throws ScriptException {
    try {
      return ScriptText.decode(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new AssertionError("cannot read " + file, unreadable);
    }
  }
}
