package dev.edj.dacpac.tsql;

import java.util.Locale;

/// Numbers, of which each type has one form. `1`, `1.0` and `1e0` are of different types.
final class Numbers {

  private Numbers() {}

  static String canonical(String written) throws UnreadableException {
    String number = written.toLowerCase(Locale.ROOT);
    if (number.startsWith("0x")) {
      return number;
    }
    if (number.indexOf('e') >= 0) {
      return floating(number);
    }
    return number.startsWith(".") ? "0" + number : number;
  }

  private static String floating(String number) throws UnreadableException {
    try {
      return Double.parseDouble(number) + "e";
    } catch (NumberFormatException e) {
      throw new UnreadableException(number);
    }
  }
}
