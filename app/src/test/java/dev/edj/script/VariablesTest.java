package dev.edj.script;

import static dev.edj.script.ScriptDialect.MYSQL;
import static dev.edj.script.ScriptDialect.POSTGRESQL;
import static dev.edj.script.ScriptDialect.SQL_SERVER;
import static dev.edj.script.ScriptException.Code.TOO_LONG;
import static dev.edj.script.ScriptException.Code.UNDEFINED_VARIABLE;
import static dev.edj.script.ScriptFixtures.batches;
import static dev.edj.script.ScriptFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

  @ParameterizedTest
  @EnumSource(ScriptDialect.class)
  void referencesInTextAndStringsAreReplaced(ScriptDialect dialect) throws ScriptException {
    assertThat(prepare(dialect, "select '$(a)', \"$(a)\", $(A)$(a-1)", "a", "1", "a-1", "2"))
        .isEqualTo("select '1', \"1\", 12");
  }

  @Test
  void referencesInQuotesOfTheDialectAreReplaced() throws ScriptException {
    assertThat(prepare(SQL_SERVER, "[$(a)] $$(a)", "a", "1")).isEqualTo("[1] $1");
    assertThat(prepare(POSTGRESQL, "$t$ $(a) $t$ E'$(a)'", "a", "1")).isEqualTo("$t$ 1 $t$ E'1'");
    assertThat(prepare(MYSQL, "`$(a)` /*! $(a) */", "a", "1")).isEqualTo("`1` /*! 1 */");
  }

  @ParameterizedTest
  @CsvSource({
    "SQL_SERVER,select 1 -- $(a) $(",
    "SQL_SERVER,select 1 /* $(a) $( */",
    "POSTGRESQL,select 1 -- $(a)",
    "POSTGRESQL,select 1 /* $(a) */",
    "MYSQL,select 1 # $(a)",
    "MYSQL,select 1 /* $(a) */"
  })
  void referencesInCommentsAreLeftAlone(ScriptDialect dialect, String script)
      throws ScriptException {
    assertThat(prepare(dialect, script)).isEqualTo(script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$()", "$(1)", "$(a b)", "$(a", "$(", "$ (a)", "$('#x')", "$(é)"})
  void elsewhereThanOnSqlServerWhatIsNoReferenceIsText(String text) throws ScriptException {
    assertThat(prepare(POSTGRESQL, "x " + text)).isEqualTo("x " + text);
    assertThat(prepare(MYSQL, "x " + text.replace("#", "")))
        .isEqualTo("x " + text.replace("#", ""));
  }

  @Test
  void aReferenceInsideWhatIsNoneIsFound() throws ScriptException {
    assertThat(prepare(POSTGRESQL, "$($(a) $(b$(a))", "a", "1")).isEqualTo("$(1 $(b1)");
  }

  @Test
  void aReferenceIsWrittenLiterallyWithDollar() throws ScriptException {
    assertThat(prepare(SQL_SERVER, "$(dollar)(x) $(DOLLAR)()", "x", "1")).isEqualTo("$(x) $()");
    assertThat(prepare(SQL_SERVER, "$(dollar)", "dollar", "no")).isEqualTo("$");
  }

  @Test
  void aValueIsNotReadAgain() throws ScriptException {
    assertThat(prepare(SQL_SERVER, "$(a)", "a", "$(b)$(a)\nGO\n'", "b", "1"))
        .isEqualTo("$(b)$(a)\nGO\n'");
  }

  @Test
  void aValueFromTheScriptWinsOverOneFromOutside() throws ScriptException {
    assertThat(prepare(SQL_SERVER, ":setvar A in\n$(a)", "a", "out")).isEqualTo("in");
  }

  @Test
  void anUndefinedVariableIsNamedWithItsPlace() throws ScriptException {
    Batch batch = batches(SQL_SERVER, "a\nGO\n:setvar x 1\n$(x)\n  $(miss_ing)").getLast();
    ScriptException refusal = refusal(() -> Variables.prepare(batch, Map.of()));
    assertThat(refusal.code()).isEqualTo(UNDEFINED_VARIABLE);
    assertThat(refusal)
        .hasMessageContaining("Line 5, column 3")
        .hasMessageContaining("miss_ing")
        .hasMessageContaining("$(dollar)(miss_ing)");
  }

  @Test
  void theVariablesThatNobodyDefinesAreListed() throws ScriptException {
    var script =
        ScriptSplitter.split(
            "$(b) $(B) $(given) $(dollar)\n:setvar c 1\n$(c)\nGO\n:setvar c\n$(C) -- $(d)",
            SQL_SERVER);
    assertThat(script.undefinedVariables(Set.of("GIVEN"))).containsExactly("b", "C");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesAreFoundAgainAcrossValuesWithLineBreaks(String lineEnd) throws ScriptException {
    String script =
        String.join(lineEnd, "one", "GO", "three $(v) $(w)", "four", "$(v)", "$(w)", "seven");
    PreparedBatch prepared =
        Variables.prepare(
            batches(SQL_SERVER, script).getLast(),
            Map.of("v", "a" + lineEnd + lineEnd + "b", "w", lineEnd));
    String[] lines = prepared.text().split("\r\n|\n|\r", -1);
    assertThat(lines)
        .containsExactly("three a", "", "b ", "", "four", "a", "", "b", "", "", "seven");
    int[] expected = {3, 3, 3, 3, 4, 5, 5, 5, 6, 6, 7};
    for (int line = 1; line <= lines.length; line++) {
      assertThat(prepared.scriptLine(line)).as("line %d", line).isEqualTo(expected[line - 1]);
    }
  }

  @Test
  void aLineThatTheEngineDoesNotKnowIsTheFirst() throws ScriptException {
    assertThat(
            Variables.prepare(batches(SQL_SERVER, "\n\nGO\nx").getFirst(), Map.of()).scriptLine(0))
        .isEqualTo(4);
  }

  @Test
  void aTextThatValuesBlowUpIsRefused() throws ScriptException {
    Batch batch = batches(SQL_SERVER, "$(a)".repeat(100)).getFirst();
    Map<String, String> values = Map.of("a", "x".repeat(1024 * 1024));
    assertThat(refusal(() -> Variables.prepare(batch, values)).code()).isEqualTo(TOO_LONG);
  }

  private static String prepare(ScriptDialect dialect, String script, String... values)
      throws ScriptException {
    Map<String, String> map = new HashMap<>();
    for (int at = 0; at < values.length; at += 2) {
      map.put(values[at], values[at + 1]);
    }
    return Variables.prepare(batches(dialect, script).getFirst(), map).text();
  }
}
