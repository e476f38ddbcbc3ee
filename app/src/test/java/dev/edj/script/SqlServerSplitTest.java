package dev.edj.script;

import static dev.edj.script.ScriptDialect.SQL_SERVER;
import static dev.edj.script.ScriptException.Code.COMMENT_NOT_TERMINATED;
import static dev.edj.script.ScriptException.Code.EMPTY_SCRIPT;
import static dev.edj.script.ScriptException.Code.INVALID_BATCH_COUNT;
import static dev.edj.script.ScriptException.Code.INVALID_VARIABLE;
import static dev.edj.script.ScriptException.Code.STRING_NOT_TERMINATED;
import static dev.edj.script.ScriptFixtures.batches;
import static dev.edj.script.ScriptFixtures.counts;
import static dev.edj.script.ScriptFixtures.lines;
import static dev.edj.script.ScriptFixtures.refusal;
import static dev.edj.script.ScriptFixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlServerSplitTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GO",
        "go",
        "Go",
        "  GO",
        "\tGO",
        "GO  ",
        "GO\t",
        "GO--x",
        "GO -- x",
        "GO 1",
        "GO\t1",
        "GO 1--x",
        "GO 1 -- x",
        "GO 01"
      })
  void aGoLineSeparates(String line) throws ScriptException {
    assertThat(texts(SQL_SERVER, "select 1\n" + line + "\nselect 2"))
        .containsExactly("select 1\n", "select 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GOTO x", "GO;", "GO_", "GO1", "GO,", "x GO", "/* */ GO", "GO.x", "--GO", "go:"})
  void otherLinesDoNotSeparate(String line) throws ScriptException {
    String script = "select 1\n" + line + "\nselect 2";
    assertThat(texts(SQL_SERVER, script)).containsExactly(script);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GO x",
        "GO -1",
        "GO +1",
        "GO 1.5",
        "GO 2147483648",
        "GO 99999999999",
        "GO 1 2",
        "GO 1;",
        "GO ;",
        "GO /* x */",
        "GO/* x */",
        "GO'x'",
        "GO\"x\"",
        "GO(1)",
        "GO[x]",
        "GO!",
        "GO 1x",
        "GO $",
        "GO ٣"
      })
  void whatStartsLikeGoMustBeGo(String line) {
    ScriptException refusal = refusal(SQL_SERVER, "select 1\n" + line + "\nselect 2");
    assertThat(refusal.code()).isEqualTo(INVALID_BATCH_COUNT);
    assertThat(refusal.line()).isEqualTo(2);
    assertThat(refusal).hasMessageContaining("Line 2").hasMessageContaining("2147483647");
  }

  @Test
  void theCountSaysHowManyTimesABatchRuns() throws ScriptException {
    String script = "a\nGO 2\nb\nGO 0\nc\nGO 2147483647\nd\nGO 0000000000005\ne";
    assertThat(counts(SQL_SERVER, script)).containsExactly(2, 0, Integer.MAX_VALUE, 5, 1);
  }

  @Test
  void theCountMayBeAVariableThatTheScriptSets() throws ScriptException {
    assertThat(counts(SQL_SERVER, ":setvar n 3\nselect 1\nGO $(n)")).containsExactly(3);
    assertThat(refusal(SQL_SERVER, "select 1\nGO $(n)").code())
        .isEqualTo(ScriptException.Code.UNDEFINED_VARIABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'\nGO\n'",
        "\"\nGO\n\"",
        "[\nGO\n]",
        "/*\nGO\n*/",
        "/* /*\n*/\nGO\n*/",
        "'it''s\nGO\n'",
        "[a]]\nGO\n]",
        "\"a\"\"\nGO\n\"",
        "'[' ; '\nGO\n'",
        "'--\nGO\n'",
        "'/*\nGO\n'",
        "'\\'+'\nGO\n'",
        "/* ' */ '\nGO\n'"
      })
  void goInsideAStringANameOrACommentIsNotASeparator(String text) throws ScriptException {
    assertThat(texts(SQL_SERVER, text)).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'\\'", "-- it's", "/* it's */", "[it's]", "\"it's\"", "/* [ \" */"})
  void goAfterWhatIsClosedIsASeparator(String text) throws ScriptException {
    assertThat(texts(SQL_SERVER, text + "\nGO\nselect 2")).containsExactly(text + "\n", "select 2");
  }

  @Test
  void aGoLineBehindTheEndOfAStringIsNotAtTheStartOfALine() throws ScriptException {
    String script = "select '\n' GO\nselect 2";
    assertThat(texts(SQL_SERVER, script)).containsExactly(script);
  }

  @Test
  void emptyBatchesAreDroppedAndNumbersStayInARow() throws ScriptException {
    var found = batches(SQL_SERVER, "GO\n\nGO\n a\nGO\n \t\r\nGO\nb\nGO\n");
    assertThat(found).extracting(Batch::number).containsExactly(1, 2);
    assertThat(found).extracting(Batch::text).containsExactly(" a\n", "b\n");
  }

  @Test
  void aBatchOfCommentsIsSent() throws ScriptException {
    assertThat(texts(SQL_SERVER, "-- a\nGO\n/* b */")).containsExactly("-- a\n", "/* b */");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n\t\r\n", "GO", "GO 5\nGO", ":setvar a b", "\uFEFF"})
  void aScriptWithoutABatchIsRefused(String script) {
    assertThat(refusal(SQL_SERVER, script).code()).isEqualTo(EMPTY_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void everyKindOfLineEndIsCountedAndKept(String lineEnd) throws ScriptException {
    String script = String.join(lineEnd, "a", "", "b", "GO", "c", "d", "GO 2", "", "e");
    assertThat(texts(SQL_SERVER, script))
        .containsExactly(
            "a" + lineEnd + lineEnd + "b" + lineEnd, "c" + lineEnd + "d" + lineEnd, lineEnd + "e");
    assertThat(lines(SQL_SERVER, script)).containsExactly(1, 5, 8);
  }

  @Test
  void aByteOrderMarkThatCameAlongIsNotSent() throws ScriptException {
    assertThat(texts(SQL_SERVER, "\uFEFFGO\nselect 1")).containsExactly("select 1");
  }

  @Test
  void whatIsOpenAtTheEndIsRefusedWhereItOpens() {
    assertOpen("select 1\nselect 'a\nGO\n", "2:8", STRING_NOT_TERMINATED);
    assertOpen("select 1\n \"a", "2:2", STRING_NOT_TERMINATED);
    assertOpen("select [a]]\n", "1:8", STRING_NOT_TERMINATED);
    assertOpen("select 'a''", "1:8", STRING_NOT_TERMINATED);
    assertOpen("a\r\n\r\n  /* /* */\r\nGO", "3:3", COMMENT_NOT_TERMINATED);
    assertOpen("/*/", "1:1", COMMENT_NOT_TERMINATED);
    assertOpen("/*", "1:1", COMMENT_NOT_TERMINATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$()", "$(1a)", "$(a b)", "$(a", "$(", "'$(a--b'", "$(a/**/)", "$(a$(b))"})
  void aDollarAndParenthesisThatIsNoReferenceIsRefused(String text) {
    ScriptException refusal = refusal(SQL_SERVER, "select 1\n " + text);
    assertThat(refusal.code()).isEqualTo(INVALID_VARIABLE);
    assertThat(refusal.line()).isEqualTo(2);
    assertThat(refusal).hasMessageContaining("$(dollar)(");
  }

  @Test
  void aMillionNestedCommentsAreNoDanger() throws ScriptException {
    String script = "/*".repeat(1_000_000) + "*/".repeat(1_000_000) + "select 1";
    assertThat(texts(SQL_SERVER, script)).containsExactly(script);
  }

  private static void assertOpen(String script, String position, ScriptException.Code code) {
    ScriptException refusal = refusal(SQL_SERVER, script);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.line() + ":" + refusal.column()).isEqualTo(position);
  }
}
