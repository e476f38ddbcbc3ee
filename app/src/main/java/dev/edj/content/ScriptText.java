package dev.edj.content;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a script's text has to be before it is stored: not empty, not too long, and of characters
/// that the control database can hold.
final class ScriptText {

  static final int LONGEST_BYTES = 16 * 1024 * 1024;

  private static final String FIELD = "text";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ScriptText() {}

  /// The text without a byte order mark; else an [EdjException] that says what is wrong where.
  static String checked(String text) {
    String script = withoutByteOrderMark(text);
    if (script.isBlank()) {
      throw EdjException.invalid(FIELD, "the script is empty");
    }
    checkCharacters(script);
    checkLength(script);
    return script;
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String withoutByteOrderMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static void checkCharacters(String script) {
    for (int i = 0; i < script.length(); i++) {
      char character = script.charAt(i);
      if (character == 0) {
        throw forbidden(script, i, "a NUL character");
      }
      if (Character.isHighSurrogate(character)
          && i + 1 < script.length()
          && Character.isLowSurrogate(script.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(character)) {
        throw forbidden(script, i, "half a character (an unpaired surrogate)");
      }
    }
  }

  private static EdjException forbidden(String script, int position, String what) {
    long line = 1 + script.substring(0, position).lines().count();
    if (position > 0
        && script.charAt(position - 1) != '\n'
        && script.charAt(position - 1) != '\r') {
      line--;
    }
    return EdjException.invalid(
        FIELD, "line %d of the script has %s, which cannot be stored".formatted(line, what));
  }

  private static void checkLength(String script) {
    int length = script.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_BYTES) {
      throw new EdjException(
          ErrorCode.TOO_LARGE,
          FIELD,
          "the script has %,d bytes in UTF-8; at most %,d are allowed"
              .formatted(length, LONGEST_BYTES));
    }
  }
}
