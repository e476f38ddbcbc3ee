package dev.edj.script;

import static dev.edj.script.ScriptDialect.SQL_SERVER;
import static dev.edj.script.ScriptException.Code.INVALID_COMMAND;
import static dev.edj.script.ScriptException.Code.UNSUPPORTED_COMMAND;
import static dev.edj.script.ScriptFixtures.batches;
import static dev.edj.script.ScriptFixtures.refusal;
import static dev.edj.script.ScriptFixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlcmdCommandsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        ":setvar x y|y",
        ":SETVAR  x\ty|y",
        "  :setvar x y --comment|y",
        ":setvar x \"a b\"|a b",
        ":setvar x \"a \"\"b\"\"\"|a \"b\"",
        ":setvar x \"\"\"\"|\"",
        ":setvar x c--d|c--d",
        ":setvar x /*c*/|/*c*/",
        ":setvar x $(y)|$(y)",
        ":setvar x [a|[a",
        ":setvar X y|y"
      },
      delimiter = '|')
  void setvarGivesAValue(String command, String value) throws ScriptException {
    assertThat(prepared(command + "\nselect <$(x)>")).isEqualTo("select <" + value + ">");
  }

  @Test
  void aValueInQuotesMayBeEmptyOrGoOnOverLines() throws ScriptException {
    assertThat(prepared(":setvar x \"\"\n<$(x)>")).isEqualTo("<>");
    assertThat(prepared(":setvar x \"a\nGO\nb\"\n<$(x)>")).isEqualTo("<a\nGO\nb>");
  }

  @ParameterizedTest
  @ValueSource(strings = {":setvar x", ":setvar x  ", ":setvar x --"})
  void setvarWithoutAValueTakesItAway(String command) throws ScriptException {
    SplitScript script = ScriptSplitter.split(":setvar x 1\n" + command + "\n$(x)", SQL_SERVER);
    assertThat(script.batches().getFirst().definitions()).isEmpty();
    assertThat(Variables.prepare(script.batches().getFirst(), Map.of("x", "outside")).text())
        .isEqualTo("outside");
  }

  @ParameterizedTest
  @CsvSource({
    ":setvar,1:8",
    ":setvar 1,1:9",
    ":setvar a b c,1:13",
    ":setvar a -- b,1:14",
    ":r,1:3",
    ":r --x,1:4",
    ":r a b,1:6",
    ":on error,1:10",
    ":on error stop,1:11",
    ":on error exit now,1:16",
  })
  void aCommandWrittenWronglyIsRefusedWhereItGoesWrong(String command, String position) {
    ScriptException refusal = refusal(SQL_SERVER, command + "\nselect 1");
    assertThat(refusal.code()).isEqualTo(INVALID_COMMAND);
    assertThat(refusal.line() + ":" + refusal.column()).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":connect server",
        ":!! dir",
        ":!!dir",
        "!! dir",
        ":Reset",
        ":ed",
        ":quit",
        ":exit",
        ":exit(select 1)",
        ":serverlist",
        ":list",
        ":listvar",
        ":error x",
        ":out x",
        ":perftrace x",
        ":help",
        ":xml on",
        ":r file.sql",
        "  :connect x"
      })
  void aCommandThatEdjDoesNotCarryOutIsRefusedByName(String command) {
    ScriptException refusal = refusal(SQL_SERVER, "select 1\n" + command);
    assertThat(refusal.code()).isEqualTo(UNSUPPORTED_COMMAND);
    assertThat(refusal.line()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":setvariable x",
        ":on errors",
        ":include x",
        ":setv",
        "::Parse()",
        "label:",
        "x :r y",
        "/* */ :connect x",
        "'\n:connect x\n'",
        "/*\n:setvar w e\n*/",
        ":reader",
        "! x"
      })
  void whatOnlyLooksLikeACommandIsText(String text) throws ScriptException {
    assertThat(texts(SQL_SERVER, text)).containsExactly(text);
  }

  @Test
  void onErrorIsReadAndLeavesAnEmptyLine() throws ScriptException {
    assertThat(texts(SQL_SERVER, "a\n:on error exit\n:ON ERROR ignore -- x\nb"))
        .containsExactly("a\n\n\nb");
  }

  @Test
  void theLastSetvarBeforeTheEndOfABatchCountsForAllOfIt() throws ScriptException {
    var found =
        batches(SQL_SERVER, ":setvar x 1\n$(x)\n:setvar x 2\nGO\n$(X)\n:setvar x 3\n:setvar y 4\n");
    assertThat(found)
        .extracting(Batch::definitions)
        .containsExactly(Map.of("x", "2"), Map.of("X", "3"));
  }

  @Test
  void linesBehindASetvarKeepTheirNumbers() throws ScriptException {
    String script = "one\n:setvar x \"a\nb\"\nfour\n  :setvar y 1\nsix\nGO\n:setvar z 1\nnine";
    var found = batches(SQL_SERVER, script);
    assertThat(found.get(0).text()).isEqualTo("one\nfour\nsix\n");
    PreparedBatch first = Variables.prepare(found.get(0), Map.of());
    assertThat(first.scriptLine(1)).isEqualTo(1);
    assertThat(first.scriptLine(2)).isEqualTo(4);
    assertThat(first.scriptLine(3)).isEqualTo(6);
    assertThat(found.get(1).line()).isEqualTo(9);
  }

  private static String prepared(String script) throws ScriptException {
    return Variables.prepare(batches(SQL_SERVER, script).getFirst(), Map.of()).text();
  }
}
