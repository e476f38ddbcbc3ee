package dev.edj.dacpac.file;

/// What a message quotes of a text that may be of any length and hold anything.
final class Excerpt {

  private static final int LONGEST = 120;

  private Excerpt() {}

  static String of(String text) {
    String shown = text.codePointCount(0, text.length()) <= LONGEST ? text : cut(text) + "…";
    return shown.replaceAll("\\p{Cntrl}", "�");
  }

  private static String cut(String text) {
    return text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }
}
