package dev.edj.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Large scripts take time in proportion; the bound is generous, and far below what anything
/// quadratic would take.
class SplitSpeedTest {

  private static final Duration BOUND = Duration.ofSeconds(10);

  @TestFactory
  Stream<DynamicTest> tenMegabytesSplitQuickly() {
    return Stream.of(ScriptDialect.values())
        .map(dialect -> speed("select $(a), 'z' -- c\n", 10_000_000, dialect));
  }

  @TestFactory
  Stream<DynamicTest> noTextIsSlow() {
    return Stream.of(
            "x",
            "\n",
            "/**/",
            "/*",
            "/* /*\n*/*/'a''b'\n",
            "'' ",
            "[",
            "$$x$$ ",
            "E'a'\n ",
            "$t",
            "go 1 x\n",
            "go ",
            "- ",
            "          \n",
            ":setvar a b\n",
            ":setvar a \"b\" --\n",
            "\\")
        .flatMap(unit ->
            Stream.of(ScriptDialect.values()).map(dialect -> speed(unit, 1_000_000, dialect)));
  }

  @TestFactory
  Stream<DynamicTest> aHundredThousandBatchesSplitQuickly() {
    return Stream.of(ScriptDialect.values())
        .map(dialect ->
            DynamicTest.dynamicTest(
                dialect.name(),
                () -> {
                  String script = lines(100_000, number -> "select " + number + "\nGO\n");
                  var split = new SplitScript[1];
                  assertQuick(() -> split[0] = ScriptSplitter.split(script, dialect));
                  assertThat(split[0].batches()).hasSize(100_000);
                  assertThat(split[0].batches().getLast().line()).isEqualTo(199_999);
                }));
  }

  @TestFactory
  Stream<DynamicTest> aVariableForEveryBatchCostsNoMoreThanTheBatch() {
    String script =
        lines(100_000, number -> ":setvar v" + number + " x\nselect $(v" + number + ")\nGO\n");
    return Stream.of(
        DynamicTest.dynamicTest(
            "100,000 variables",
            () -> assertQuick(() -> ScriptSplitter.split(script, ScriptDialect.SQL_SERVER))));
  }

  private static DynamicTest speed(String unit, int length, ScriptDialect dialect) {
    String name = dialect + " " + unit.replace("\n", "\\n");
    return DynamicTest.dynamicTest(
        name,
        () -> {
          String script = unit.repeat(length / unit.length());
          assertQuick(() -> {
            try {
              ScriptSplitter.split(script, dialect);
            } catch (ScriptException refused) {
              assertThat(refused.code()).isNotNull();
            }
          });
        });
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
  }

  private static void assertQuick(Attempt attempt) throws Exception {
    long start = System.nanoTime();
    attempt.run();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
  }

  private interface Attempt {
    void run() throws Exception;
  }
}
