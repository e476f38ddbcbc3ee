package dev.edj.engine.rows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Numbers as the text that [ColumnType.Kind] describes.
final class Numbers {

  /// Why a value is refused that [#exceeds] tells of.
  static final String TOO_FINE = "it would have to be rounded";

  private Numbers() {}

  /// Whether a decimal number has more digits behind its point than `scale`, zeros at the end not
  /// counted. The text has no exponent.
  static boolean exceeds(byte[] text, int start, int end, int scale) {
    int point = Moments.indexOf(text, '.', start, end);
    if (point < 0) {
      return false;
    }
    int last = end - 1;
    while (text[last] == '0') {
      last--;
    }
    return last - point > scale;
  }

  /// Where the digits before the point end.
  static int endOfWhole(byte[] text, int start, int end) {
    int point = Moments.indexOf(text, '.', start, end);
    return point < 0 ? end : point;
  }

  /// Whether a double is a float, too; what is no number is one.
  static boolean isFloat(byte[] text) {
    if (!isNumber(text)) {
      return true;
    }
    String number = ascii(text);
    return Double.compare(Double.parseDouble(number), Float.parseFloat(number)) == 0;
  }

  /// Integers and decimals that mean the same are the same text: no zeros before or behind, no sign
  /// of a zero.
  static byte[] plain(byte[] text) {
    if (isPlain(text)) {
      return text;
    }
    if (!isNumber(text)) {
      return text; // NaN, Infinity
    }
    return plain(ascii(text));
  }

  /// What is plain already, as nearly all are.
  private static boolean isPlain(byte[] text) {
    int first = text.length > 0 && text[0] == '-' ? 1 : 0;
    if (text.length == first) {
      return false;
    }
    boolean point = false;
    for (int i = first; i < text.length; i++) {
      if (text[i] == '.' && !point) {
        point = true;
      } else if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    boolean leadingZero = text[first] == '0' && text.length > first + 1 && text[first + 1] != '.';
    boolean negativeZero = first == 1 && text[first] == '0' && !point;
    boolean trailing = point && (text[text.length - 1] == '0' || text[text.length - 1] == '.');
    return !leadingZero && !negativeZero && !trailing && text[first] != '.';
  }

  /// The number that a double is, in digits: engines differ in the last of them.
  static byte[] plainDouble(byte[] text) {
    return isNumber(text) ? plain(Double.toString(Double.parseDouble(ascii(text)))) : text;
  }

  /// The same of a float.
  static byte[] plainFloat(byte[] text) {
    return isNumber(text) ? plain(Float.toString(Float.parseFloat(ascii(text)))) : text;
  }

  private static byte[] plain(String number) {
    return Moments.ascii(new BigDecimal(number).stripTrailingZeros().toPlainString());
  }

  /// Whether it is a number at all, and not `NaN`, `Infinity` or `-Infinity`.
  static boolean isNumber(byte[] text) {
    byte last = text.length == 0 ? 0 : text[text.length - 1];
    return (last >= '0' && last <= '9') || last == '.';
  }

  /// Without the zeros with which MySQL's `ZEROFILL` pads.
  static byte[] withoutLeadingZeros(byte[] text) {
    int first = 0;
    while (first < text.length - 1 && text[first] == '0' && text[first + 1] != '.') {
      first++;
    }
    return first == 0 ? text : Arrays.copyOfRange(text, first, text.length);
  }

  private static String ascii(byte[] text) {
    return new String(text, StandardCharsets.US_ASCII);
  }
}
