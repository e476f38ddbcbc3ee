package dev.edj.script;

/// The letters and digits of which the words of every dialect are made.
final class Ascii {

  private Ascii() {}

  static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
