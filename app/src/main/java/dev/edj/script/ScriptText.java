package dev.edj.script;

import static dev.edj.script.ScriptException.Code.MALFORMED_TEXT;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/// The text of a script that comes as the bytes of a file.
public final class ScriptText {

  private ScriptText() {}

  /// UTF-8 with or without a byte order mark, UTF-16 of either byte order with one, or without one
  /// if every other byte of the beginning is zero, as it is in SQL and never in UTF-8.
  public static String decode(byte[] bytes) throws ScriptException {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return decode(bytes, 3, UTF_8);
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return decode(bytes, 2, UTF_16LE);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return decode(bytes, 2, UTF_16BE);
    }
    return decode(bytes, 0, guess(bytes));
  }

  private static Charset guess(byte[] bytes) {
    if (alternates(bytes, 1)) {
      return UTF_16LE;
    }
    return alternates(bytes, 0) ? UTF_16BE : UTF_8;
  }

  /// Whether the first bytes make pairs in each of which only the byte at `zero` is zero.
  private static boolean alternates(byte[] bytes, int zero) {
    int looked = Math.min(bytes.length & ~1, 16);
    for (int pair = 0; pair < looked; pair += 2) {
      if (bytes[pair + zero] != 0 || bytes[pair + 1 - zero] == 0) {
        return false;
      }
    }
    return looked > 0;
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int at = 0; at < mark.length; at++) {
      if (Byte.toUnsignedInt(bytes[at]) != mark[at]) {
        return false;
      }
    }
    return true;
  }

  private static String decode(byte[] bytes, int start, Charset charset) throws ScriptException {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer output = CharBuffer.allocate(bytes.length - start);
    CoderResult result = decoder.decode(input, output, true);
    String text = output.flip().toString();
    if (result.isError()) {
      throw malformed(text, input.position(), charset);
    }
    return text;
  }

  private static ScriptException malformed(String before, int offset, Charset charset) {
    return new ScriptException(
        MALFORMED_TEXT,
        new Lines(before).position(before.length()),
        "the byte at offset %d is not text in %s. Save the file as UTF-8."
            .formatted(offset, charset.name()));
  }
}
