package dev.edj.script;

import static dev.edj.script.ScriptDialect.MYSQL;
import static dev.edj.script.ScriptException.Code.COMMENT_NOT_TERMINATED;
import static dev.edj.script.ScriptException.Code.EMPTY_SCRIPT;
import static dev.edj.script.ScriptException.Code.INVALID_BATCH_COUNT;
import static dev.edj.script.ScriptException.Code.INVALID_COMMAND;
import static dev.edj.script.ScriptException.Code.STRING_NOT_TERMINATED;
import static dev.edj.script.ScriptFixtures.counts;
import static dev.edj.script.ScriptFixtures.lines;
import static dev.edj.script.ScriptFixtures.refusal;
import static dev.edj.script.ScriptFixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlSplitTest {

  @Test
  void everyStatementIsABatch() throws ScriptException {
    String script = "select 1; select 2;\n\n  select\n3\n;select 4";
    assertThat(texts(MYSQL, script))
        .containsExactly("select 1", "select 2", "select\n3", "select 4");
    assertThat(lines(MYSQL, script)).containsExactly(1, 1, 3, 5);
  }

  @Test
  void aDelimiterLineChangesTheDelimiter() throws ScriptException {
    String script =
        """
        DELIMITER //
        create procedure p() begin select 1; select 2; end//
        delimiter ;
        call p(); call p();
        """;
    assertThat(texts(MYSQL, script))
        .containsExactly(
            "create procedure p() begin select 1; select 2; end", "call p()", "call p()");
    assertThat(lines(MYSQL, script)).containsExactly(2, 4, 4);
  }

  @Test
  void aDelimiterLineEndsAStatement() throws ScriptException {
    assertThat(texts(MYSQL, "a\n  Delimiter $$ ignored\nb;$$c;")).containsExactly("a", "b;", "c;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELIMITER", "DELIMITER  \n", "DELIMITER \\", "delimiter a\\b"})
  void aDelimiterLineMustNameADelimiter(String line) {
    ScriptException refusal = refusal(MYSQL, "a;\n" + line);
    assertThat(refusal.code()).isEqualTo(INVALID_COMMAND);
    assertThat(refusal.line()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "';'",
        "'a'';'",
        "'a\\';'",
        "\";\"",
        "\"a\\\";\"",
        "\"\"\";\"",
        "`;`",
        "`a``;`",
        "/* ; */ a",
        "a # ;",
        "a -- ;",
        "a --\t;",
        "# ;\na",
        "'\nGO\n'",
        "'\nDELIMITER x\n'",
        "delimiters",
        "a DELIMITER x",
        "'\\\\' \"\\\\\"",
        "/* /* ; */ a",
        "go to"
      })
  void whatIsQuotedOrCommentedDoesNotSplit(String text) throws ScriptException {
    assertThat(texts(MYSQL, text + "\n;b")).containsExactly(text, "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1--1", "`\\`", "'\\\\'", "/* /* */", "/*! select 1 */", "/*M! select 1 */"})
  void aDelimiterBehindThemSplits(String text) throws ScriptException {
    assertThat(texts(MYSQL, "a " + text + ";b")).containsExactly("a " + text, "b");
  }

  @Test
  void codeForOneVersionIsAStatement() throws ScriptException {
    assertThat(texts(MYSQL, "/*!40101 SET NAMES utf8 */;\n-- x\n/* y */;"))
        .containsExactly("/*!40101 SET NAMES utf8 */");
  }

  @Test
  void aGoLineAlsoSplits() throws ScriptException {
    assertThat(texts(MYSQL, "a\nGO # x\nb\ngo -- y\nc;\nGO\nd"))
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void aCountRepeatsTheOneStatementSinceTheLastGo() throws ScriptException {
    assertThat(counts(MYSQL, "a;b;\nGO\nc;\nGO 5\nd\nGO 2\nGO 7\n")).containsExactly(1, 1, 5, 2);
  }

  @Test
  void aCountForSeveralStatementsIsRefused() {
    ScriptException refusal = refusal(MYSQL, "a;\nb;\nGO 5");
    assertThat(refusal.code()).isEqualTo(INVALID_BATCH_COUNT);
    assertThat(refusal.line()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a\\'", "\"a", "`a\\``", "'a''"})
  void aStringThatIsOpenAtTheEndIsRefusedWhereItOpens(String text) {
    ScriptException refusal = refusal(MYSQL, "a;\r\n" + text);
    assertThat(refusal.code()).isEqualTo(STRING_NOT_TERMINATED);
    assertThat(refusal.line() + ":" + refusal.column()).isEqualTo("2:1");
  }

  @Test
  void aCommentThatIsOpenAtTheEndIsRefused() {
    assertThat(refusal(MYSQL, "a /* b").code()).isEqualTo(COMMENT_NOT_TERMINATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";;\n;", "-- a\n;# b\n", "DELIMITER //"})
  void nothingButCommentsAndDelimitersIsNoScript(String script) {
    assertThat(refusal(MYSQL, script).code()).isEqualTo(EMPTY_SCRIPT);
  }
}
