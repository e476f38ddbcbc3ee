package dev.edj.cli;

/// How many columns of a terminal a text takes: two for wide East Asian characters and emoji, none
/// for combining marks. Simple on purpose: no joined emoji, no per-terminal tables.
final class TextWidth {

  private TextWidth() {}

  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /// The text cut to at most `columns`, with an ellipsis in the last one when something is missing.
  static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int width = 0;
    for (int codePoint : text.codePoints().toArray()) {
      width += of(codePoint);
      if (width > columns - 1) {
        break;
      }
      cut.appendCodePoint(codePoint);
    }
    return cut.append('…').toString();
  }

  /// The text on one line and without control characters: a database's name or error must not be
  /// able to steer the terminal.
  static String oneLine(String text) {
    return withoutControls(text.strip().replaceAll("\\s*\\R\\s*|\t", " "));
  }

  /// The text without control characters but line ends and tabs.
  static String withoutControls(String text) {
    return text.replace("\r\n", "\n")
        .replaceAll(
            "[\\p{Cntrl}&&[^\n\t]]|[\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]",
            "\uFFFD");
  }

  private static int of(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.CONTROL ->
          0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  /// The blocks that Unicode's EastAsianWidth.txt marks W or F, roughly.
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115f)
        || (c >= 0x2e80 && c <= 0x303e)
        || (c >= 0x3041 && c <= 0xa4cf)
        || (c >= 0xa960 && c <= 0xa97f)
        || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xfe30 && c <= 0xfe6f)
        || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6)
        || (c >= 0x1f300 && c <= 0x1f64f)
        || (c >= 0x1f680 && c <= 0x1f6ff)
        || (c >= 0x1f900 && c <= 0x1f9ff)
        || (c >= 0x20000 && c <= 0x3fffd);
  }
}
