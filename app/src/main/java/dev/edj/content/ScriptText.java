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

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ScriptText() {}

  /// The text without a byte order mark; else an [EdjException] that says what is wrong where.
  static String checked(String text) {
    return checked("text", text);
  }

  /// The same where the script is in another field than `text`.
  static String checked(String field, String text) {
    String script = withoutByteOrderMark(text);
    if (script.isBlank()) {
      throw EdjException.invalid(field, "the script is empty");
    }
    checkCharacters(field, script);
    checkLength(field, script);
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

  private static void checkCharacters(String field, String script) {
    for (int i = 0; i < script.length(); i++) {
      char character = script.charAt(i);
      if (character == 0) {
        throw forbidden(field, script, i, "a NUL character");
      }
      if (Character.isHighSurrogate(character)
          && i + 1 < script.length()
          && Character.isLowSurrogate(script.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(character)) {
        throw forbidden(field, script, i, "half a character (an unpaired surrogate)");
      }
    }
  }

  private static EdjException forbidden(String field, String script, int position, String what) {
    long line = 1 + script.substring(0, position).lines().count();
    if (position > 0
        && script.charAt(position - 1) != '\n'
        && script.charAt(position - 1) != '\r') {
      line--;
    }
    return EdjException.invalid(
        field, "line %d of the script has %s, which cannot be stored".formatted(line, what));
  }

  private static void checkLength(String field, String script) {
    int length = script.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_BYTES) {
      throw new EdjException(
          ErrorCode.TOO_LARGE,
          field,
          "the script has %,d bytes in UTF-8; at most %,d are allowed"
              .formatted(length, LONGEST_BYTES));
    }
  }
}
