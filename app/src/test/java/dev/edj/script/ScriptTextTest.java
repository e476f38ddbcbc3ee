package dev.edj.script;

import static dev.edj.script.ScriptException.Code.MALFORMED_TEXT;
import static dev.edj.script.ScriptFixtures.refusal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "select 1", "select 'é€😀'\r\nGO\n", "a", "日本"})
  void whatWasWrittenIsRead(String text) throws ScriptException {
    String marked = "\uFEFF" + text;
    assertThat(ScriptText.decode(text.getBytes(UTF_8))).isEqualTo(text);
    assertThat(ScriptText.decode(marked.getBytes(UTF_8))).isEqualTo(text);
    assertThat(ScriptText.decode(marked.getBytes(UTF_16LE))).isEqualTo(text);
    assertThat(ScriptText.decode(marked.getBytes(UTF_16BE))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "GO", "select N'日本', 1 from x"})
  void utf16WithoutAMarkIsSeenByItsZeros(String text) throws ScriptException {
    assertThat(ScriptText.decode(text.getBytes(UTF_16LE))).isEqualTo(text);
    assertThat(ScriptText.decode(text.getBytes(UTF_16BE))).isEqualTo(text);
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirPlace() {
    ScriptException refusal =
        refusal(() -> ScriptText.decode("select 1\nselect 'café'".getBytes(ISO_8859_1)));
    assertThat(refusal.code()).isEqualTo(MALFORMED_TEXT);
    assertThat(refusal)
        .hasMessageContaining("Line 2, column 12")
        .hasMessageContaining("UTF-8")
        .hasMessageContaining("offset 20");
  }

  @Test
  void textThatEndsInTheMiddleOfACharacterIsRefused() {
    byte[] odd = {(byte) 0xFF, (byte) 0xFE, 'a', 0, 'b'};
    assertThat(refusal(() -> ScriptText.decode(odd)).code()).isEqualTo(MALFORMED_TEXT);
    byte[] half = {'a', (byte) 0xC3};
    assertThat(refusal(() -> ScriptText.decode(half)).code()).isEqualTo(MALFORMED_TEXT);
  }
}
