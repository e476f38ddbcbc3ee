package dev.edj.script;

import static dev.edj.script.ScriptDialect.POSTGRESQL;
import static dev.edj.script.ScriptException.Code.COMMENT_NOT_TERMINATED;
import static dev.edj.script.ScriptException.Code.EMPTY_SCRIPT;
import static dev.edj.script.ScriptException.Code.INVALID_BATCH_COUNT;
import static dev.edj.script.ScriptException.Code.STRING_NOT_TERMINATED;
import static dev.edj.script.ScriptException.Code.UNSUPPORTED_COMMAND;
import static dev.edj.script.ScriptFixtures.counts;
import static dev.edj.script.ScriptFixtures.lines;
import static dev.edj.script.ScriptFixtures.refusal;
import static dev.edj.script.ScriptFixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSplitTest {

  @Test
  void aScriptIsOneBatch() throws ScriptException {
    String script = "\n-- a\nselect 1;\n\nselect 2;\n";
    assertThat(texts(POSTGRESQL, script)).containsExactly(script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GO", " go ", "GO -- x", "GO--x", "Go 1", "\\;", "  \\;\t", "\\; -- x"})
  void aSeparatorLineSplits(String line) throws ScriptException {
    String script = "select 1;\n" + line + "\nselect 2;\n";
    assertThat(texts(POSTGRESQL, script)).containsExactly("select 1;\n", "select 2;\n");
    assertThat(lines(POSTGRESQL, script)).containsExactly(1, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"go int,", "GO;", "GO 1 2", "GO 1x", "GO5", "GO -1", "a GO", "GO/**/"})
  void aLineThatOnlyStartsLikeGoIsText(String line) throws ScriptException {
    String script = "select 1\n" + line + "\nselect 2";
    assertThat(texts(POSTGRESQL, script)).containsExactly(script);
  }

  @Test
  void theCountSaysHowManyTimesABatchRuns() throws ScriptException {
    assertThat(counts(POSTGRESQL, "a\nGO 3\nb\nGO 0\nc")).containsExactly(3, 0, 1);
    assertThat(refusal(POSTGRESQL, "a\n GO 99999999999").code()).isEqualTo(INVALID_BATCH_COUNT);
    assertThat(refusal(POSTGRESQL, "a\n\\;\nb\nGO 3").line()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'\nGO\n'",
        "'a''\nGO\n'",
        "E'a\\'\nGO\n'",
        "e'\\\\\\'\nGO\n'",
        "\"\nGO\n\"",
        "$$\nGO\n$$",
        "$f$\nGO\n$$\n$g$\n$f$",
        "/* /* */\nGO\n*/ x",
        "E'a'\n  'b\\'\nGO\n'",
        "$é1$\nGO\n$é1$",
        "$$ ' \nGO\n$$",
        "u&'\\\nGO\n'",
        "'\n\\;\n'",
        "$_1$\n\\connect x\n$_1$"
      })
  void aSeparatorInsideAnythingQuotedDoesNotSplit(String text) throws ScriptException {
    assertThat(texts(POSTGRESQL, text)).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'\\'",
        "date'\\'",
        "type_e'\\'",
        "x -- it's",
        "$1",
        "a$b$",
        "a$$",
        "1$1",
        "E'a\\''",
        "E'a' '\\'",
        "E'\\\\'",
        "$",
        "$a b",
        "x /* $$ */"
      })
  void aSeparatorBehindAnythingClosedSplits(String text) throws ScriptException {
    assertThat(texts(POSTGRESQL, text + "\nGO\nx")).containsExactly(text + "\n", "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "E'a\\'", "\"a", "$$ a $", "$t$ a $T$", "E'\\"})
  void aStringThatIsOpenAtTheEndIsRefusedWhereItOpens(String text) {
    ScriptException refusal = refusal(POSTGRESQL, "select 1;\n\n" + text);
    assertThat(refusal.code()).isEqualTo(STRING_NOT_TERMINATED);
    assertThat(refusal.line()).isEqualTo(3);
  }

  @Test
  void aCommentThatIsOpenAtTheEndIsRefused() {
    assertThat(refusal(POSTGRESQL, "/* /* */").code()).isEqualTo(COMMENT_NOT_TERMINATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-- nothing", "/* a */\nGO\n-- b\n", "\\;"})
  void commentsAloneAreNoBatch(String script) {
    assertThat(refusal(POSTGRESQL, script).code()).isEqualTo(EMPTY_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\connect x", "  \\i file", "\\.", "\\; select 1"})
  void commandsOfPsqlAreRefused(String line) {
    ScriptException refusal = refusal(POSTGRESQL, "select 1;\n" + line);
    assertThat(refusal.code()).isEqualTo(UNSUPPORTED_COMMAND);
    assertThat(refusal.line()).isEqualTo(2);
  }

  @Test
  void sqlcmdCommandsAreText() throws ScriptException {
    assertThat(texts(POSTGRESQL, ":setvar a b\n:connect x"))
        .containsExactly(":setvar a b\n:connect x");
  }
}
