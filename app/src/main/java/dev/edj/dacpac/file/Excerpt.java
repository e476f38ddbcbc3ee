package dev.edj.dacpac.file;

/// What a message quotes of a text that may be of any length and hold anything.
public final class Excerpt {

  private static final int LONGEST = 120;

  private Excerpt() {}

  public static String of(String text) {
    return of(text, LONGEST);
  }

  /// As [#of(String)], for what may be longer or shorter.
  ///
  /// @param longest in characters
  public static String of(String text, int longest) {
    String shown = text.codePointCount(0, text.length()) <= longest ? text : cut(text, longest);
    return shown.replaceAll("\\p{Cntrl}", "�");
  }

  private static String cut(String text, int longest) {
    return text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
  }
}
