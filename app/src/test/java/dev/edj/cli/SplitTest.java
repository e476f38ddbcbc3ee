package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {

  @Test
  void batchesComeAsJsonWithTheirNumberCountLineAndText() {
    CommandLineRun run = split("SELECT 1\nGO 3\nSELECT $(a)\n", "--var", "a=x=y", "-o", "json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().replaceAll("\\s+", ""))
        .isEqualTo(
            """
            [{"number":1,"count":3,"line":1,"text":"SELECT1\\n"},\
            {"number":2,"count":1,"line":3,"text":"SELECTx=y\\n"}]\
            """);
  }

  @Test
  void aScriptThatCannotBeRightIsRefusedOnStandardError() {
    CommandLineRun run = split("SELECT 1\nGO\n/* open", "--output", "json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("edj: Line 3");
  }

  @Test
  void anUndefinedVariableIsRefused() {
    assertThat(split("SELECT $(a)").exitCode()).isEqualTo(2);
  }

  @Test
  void otherEnginesHaveTheirOwnRules() {
    assertThat(split("SELECT 1; SELECT 2;", "--engine", "mariadb").out().lines()).hasSize(3);
    assertThat(split("SELECT 1; SELECT 2;", "--engine", "postgresql").out().lines()).hasSize(2);
  }

  @Test
  void aFileMayBeInUtf16(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("script.sql");
    Files.write(file, "\ufeffSELECT N'ä'".getBytes(StandardCharsets.UTF_16LE));
    assertThat(CommandLineRun.of("content", "split", "--file", file.toString()).out())
        .contains("SELECT N'ä'");
  }

  @Test
  void filesThatAScriptIncludesArePutInPlace(@TempDir Path directory) throws IOException {
    Path main = directory.resolve("main.sql");
    Files.writeString(main, "SELECT 1\r\n:r .\\parts\\a.sql\r\nGO\r\n");
    Files.createDirectories(directory.resolve("parts"));
    Files.writeString(directory.resolve("parts/a.sql"), "SELECT 2\n:R \"b c.sql\"\n");
    Files.writeString(directory.resolve("parts/b c.sql"), "SELECT 3");

    CommandLineRun run =
        CommandLineRun.of("content", "split", "--file", main.toString(), "-o", "json");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("SELECT 1\\r\\nSELECT 2\\nSELECT 3\\n\\r\\n");
  }

  @Test
  void aFileThatIsIncludedAndIsNotThereIsNamedWithTheLine(@TempDir Path directory)
      throws IOException {
    Path main = Files.writeString(directory.resolve("main.sql"), "SELECT 1\n:r gone.sql\n");
    Path circle = Files.writeString(directory.resolve("circle.sql"), ":r ./circle.sql\n");

    CommandLineRun missing = CommandLineRun.of("content", "split", "--file", main.toString());
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err())
        .startsWith("edj: In %s: Line 2".formatted(main))
        .contains("there is no file gone.sql");
    assertThat(CommandLineRun.of("content", "split", "--file", circle.toString()).err())
        .contains("circle.sql includes itself");
  }

  /// What looks like an include there is not one that SQL Server's rules could find.
  @Test
  void aScriptOfAnotherEngineWithoutIncludesIsNotReadByTheRulesOfSqlServer() {
    assertThat(split("SELECT $$it's$$ :r", "--engine", "postgresql").err()).isEmpty();
  }

  @Test
  void aFileWithoutAnEndIsRefused() {
    CommandLineRun run = CommandLineRun.of("content", "split", "--file", "/dev/zero");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("/dev/zero has more than 67,108,864 bytes");
  }

  private static CommandLineRun split(String script, String... options) {
    String[] words = new String[4 + options.length];
    System.arraycopy(new String[] {"content", "split", "--file", "-"}, 0, words, 0, 4);
    System.arraycopy(options, 0, words, 4, options.length);
    return CommandLineRun.of(Map.of(), script, words);
  }
}
