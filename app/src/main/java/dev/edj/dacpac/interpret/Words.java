package dev.edj.dacpac.interpret;

/// The bare words of a T-SQL text, one after the other: not those of comments, of strings, and of
/// names in brackets or quotation marks.
final class Words {

  private final String text;
  private int at;

  Words(String text) {
    this.text = text;
  }

  /// Where the last word ended.
  int at() {
    return at;
  }

  /// The next word; empty at the end.
  String next() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isWordPart(c)) {
        return word();
      }
      if (text.startsWith("--", at)) {
        skipBeyond("\n", at + 2);
      } else if (text.startsWith("/*", at)) {
        skipComment();
      } else if (c == '\'' || c == '"') {
        skipBeyond(String.valueOf(c), at + 1);
      } else if (c == '[') {
        skipBeyond("]", at + 1);
      } else {
        at++;
      }
    }
    return "";
  }

  boolean hasAny(String sought) {
    for (String word = next(); !word.isEmpty(); word = next()) {
      if (word.equalsIgnoreCase(sought)) {
        return true;
      }
    }
    return false;
  }

  private String word() {
    int from = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '@' || c == '#' || c == '$';
  }

  /// A doubled end mark begins another stretch at once, which is skipped like the first.
  private void skipBeyond(String end, int from) {
    int found = text.indexOf(end, from);
    at = found < 0 ? text.length() : found + end.length();
  }

  /// Comments of T-SQL can be within comments.
  private void skipComment() {
    int depth = 0;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
  }
}
