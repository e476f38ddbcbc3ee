package dev.edj.script;

import static dev.edj.script.ScriptException.Code.COMMENT_NOT_TERMINATED;
import static dev.edj.script.ScriptException.Code.INCLUDE_CYCLE;
import static dev.edj.script.ScriptException.Code.INCLUDE_NOT_FOUND;
import static dev.edj.script.ScriptFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptInlinerTest {

  @Test
  void filesArePutInThePlaceOfTheirCommands() throws ScriptException {
    Map<String, String> files =
        Map.of("a.sql", "A1\r\n:r \"b c.sql\" -- x\r\nA3", "b c.sql", "\uFEFFB");
    assertThat(inline("one\n  :r a.sql\nthree\nGO\n", files))
        .isEqualTo("one\nA1\r\nB\r\nA3\nthree\nGO\n");
  }

  @Test
  void aFileMayBeIncludedTwice() throws ScriptException {
    assertThat(inline(":r a\n:r a\n", Map.of("a", "x"))).isEqualTo("x\nx\n");
  }

  @Test
  void theNameMayHoldVariablesOfTheScript() throws ScriptException {
    String script = ":setvar folder sub\n:r \"$(folder)/a.sql\"\n";
    assertThat(inline(script, Map.of("sub/a.sql", "x"))).isEqualTo(":setvar folder sub\nx\n");
  }

  @Test
  void aCommandInsideACommentOrAStringIncludesNothing() throws ScriptException {
    String script = "/*\n:r a\n*/ '\n:r a\n'";
    assertThat(inline(script, Map.of())).isEqualTo(script);
  }

  @Test
  void aFileThatIsMissingIsNamedWithThePlace() {
    ScriptException refusal = refusal(() -> inline("\n:r a", Map.of("a", "x\n\n:r gone.sql")));
    assertThat(refusal.code()).isEqualTo(INCLUDE_NOT_FOUND);
    assertThat(refusal).hasMessageContaining("In a: Line 3").hasMessageContaining("gone.sql");
  }

  @Test
  void aCircleIsRefused() {
    Map<String, String> files = Map.of("a", ":r b", "b", ":r A", "A", ":r b");
    assertThat(refusal(() -> inline(":r a", files)).code()).isEqualTo(INCLUDE_CYCLE);
    assertThat(refusal(() -> inline(":r MAIN", Map.of("MAIN", ""))).code())
        .isEqualTo(INCLUDE_CYCLE);
  }

  @Test
  void aCommentCannotGoOnBeyondItsFile() {
    ScriptException refusal = refusal(() -> inline(":r a\n*/", Map.of("a", "/*")));
    assertThat(refusal.code()).isEqualTo(COMMENT_NOT_TERMINATED);
    assertThat(refusal).hasMessageStartingWith("In a: Line 1, column 1");
  }

  private static String inline(String script, Map<String, String> files) throws ScriptException {
    return ScriptInliner.inline(
        new NamedScript("main", script),
        (name, from) ->
            Optional.ofNullable(files.get(name)).map(text -> new NamedScript(name, text)));
  }
}
