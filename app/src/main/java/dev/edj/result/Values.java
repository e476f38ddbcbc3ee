package dev.edj.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType.Kind;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Values as JSON and as text.
///
/// In JSON a number is a number where whoever takes it for a double loses no digit of it, and else
/// a string.
final class Values {

  /// So many digits of any decimal number survive in a double.
  private static final int SAFE_DIGITS = 15;

  /// Far from where a double overflows, or becomes zero.
  private static final int SAFE_LENGTH = 300;

  /// Up to here a double has all whole numbers.
  private static final long SAFE_WHOLE_NUMBER = 1L << 53;

  private static final int LONGEST_WHOLE_NUMBER = 18;

  /// Of a value that people only look at.
  private static final int MOST_SHOWN = 1_000;

  private static final int BYTES_OF_A_CHARACTER = 4;

  private Values() {}

  static boolean isBinary(Column column) {
    return column.type().kind() == Kind.BINARY;
  }

  /// As people read it, if it is not long, or else how it begins; bytes are base64.
  static @Nullable String beginning(Column column, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    byte[] first = Arrays.copyOf(value, Math.min(value.length, MOST_SHOWN * BYTES_OF_A_CHARACTER));
    String text =
        isBinary(column) ? Base64.getEncoder().encodeToString(first) : new String(first, UTF_8);
    return text.length() <= MOST_SHOWN ? text : whole(text) + "…";
  }

  /// As much as is shown, without the half of a character.
  private static String whole(String text) {
    boolean cutsOne = Character.isHighSurrogate(text.charAt(MOST_SHOWN - 1));
    return text.substring(0, cutsOne ? MOST_SHOWN - 1 : MOST_SHOWN);
  }

  static void write(JsonGenerator json, Kind kind, byte @Nullable [] value) {
    if (value == null) {
      json.writeNull();
      return;
    }
    switch (kind) {
      case BOOLEAN -> json.writeBoolean(value.length > 0 && value[0] == 't');
      case SMALLINT, INTEGER, BIGINT, DECIMAL -> number(json, value, isSafe(value));
      case REAL, DOUBLE -> number(json, value, isNumber(value));
      case BINARY -> json.writeBinary(value);
      case TEXT, DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_ZONE, UUID, JSON, XML -> text(json, value);
    }
  }

  /// A database of PostgreSQL that knows no characters (`SQL_ASCII`) returns any bytes for a text.
  /// JSON has characters only, and whoever reads it refuses all of it for one that is none.
  private static void text(JsonGenerator json, byte[] value) {
    if (isAscii(value)) {
      json.writeUTF8String(value, 0, value.length);
    } else {
      json.writeString(new String(value, UTF_8));
    }
  }

  private static boolean isAscii(byte[] text) {
    for (byte character : text) {
      if (character < 0) {
        return false;
      }
    }
    return true;
  }

  private static void number(JsonGenerator json, byte[] value, boolean asNumber) {
    if (asNumber) {
      json.writeNumber(new String(value, UTF_8));
    } else {
      json.writeUTF8String(value, 0, value.length);
    }
  }

  /// Whether it is a number by JSON's grammar, which `NaN` and `Infinity` are not.
  static boolean isNumber(byte[] text) {
    int at = text.length > 0 && text[0] == '-' ? 1 : 0;
    int whole = digits(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0')) {
      return false;
    }
    at += whole;
    if (at < text.length && text[at] == '.') {
      int fraction = digits(text, at + 1);
      if (fraction == 0) {
        return false;
      }
      at += 1 + fraction;
    }
    if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      if (at < text.length && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      int exponent = digits(text, at);
      return exponent > 0 && at + exponent == text.length;
    }
    return at == text.length;
  }

  private static int digits(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at - from;
  }

  /// Whether it is a number, without an exponent, that a double has with all its digits.
  static boolean isSafe(byte[] text) {
    if (!isNumber(text) || text.length > SAFE_LENGTH) {
      return false;
    }
    return significantDigits(text) <= SAFE_DIGITS || isSafeWholeNumber(text);
  }

  /// From the first digit that is not 0 to the last.
  private static int significantDigits(byte[] text) {
    int digits = 0;
    int significant = 0;
    for (byte character : text) {
      if (character > '0' && character <= '9') {
        digits++;
        significant = digits;
      } else if (character == '0' && digits > 0) {
        digits++;
      }
    }
    return significant;
  }

  private static boolean isSafeWholeNumber(byte[] text) {
    return text.length <= LONGEST_WHOLE_NUMBER
        && digits(text, text[0] == '-' ? 1 : 0) == text.length - (text[0] == '-' ? 1 : 0)
        && Math.abs(Long.parseLong(new String(text, UTF_8))) <= SAFE_WHOLE_NUMBER;
  }
}
