package dev.edj.engine;

/// Counts lines as editors do: `\n`, `\r\n` and a lone `\r` each end one.
final class Lines {

  private Lines() {}

  /// The line, from 1, on which the character at `index` stands.
  static int lineAt(String text, int index) {
    int line = 1;
    int end = Math.min(index, text.length());
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !pair)) {
        line++;
      }
    }
    return line;
  }
}
