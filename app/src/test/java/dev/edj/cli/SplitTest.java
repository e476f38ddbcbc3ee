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

  private static CommandLineRun split(String script, String... options) {
    String[] words = new String[4 + options.length];
    System.arraycopy(new String[] {"content", "split", "--file", "-"}, 0, words, 0, 4);
    System.arraycopy(options, 0, words, 4, options.length);
    return CommandLineRun.of(Map.of(), script, words);
  }
}
