package dev.edj.dacpac.catalog;

import java.util.Optional;

/// The text of a module, and where its `CREATE` stands.
///
/// @param text without the `OR ALTER` that may have followed: there are blanks in its place, as the
///   server itself leaves them
record ModuleText(String text, int createOffset) {

  private static final String CREATE = "CREATE";
  private static final String OR = "OR";
  private static final String ALTER = "ALTER";

  /// Absent where the text does not begin with `CREATE`, comments aside.
  static Optional<ModuleText> of(String definition) {
    int create = skipBlank(definition, 0);
    if (!isWord(definition, create, CREATE)) {
      return Optional.empty();
    }
    int or = skipBlank(definition, create + CREATE.length());
    if (!isWord(definition, or, OR)) {
      return Optional.of(new ModuleText(definition, create));
    }
    int alter = skipBlank(definition, or + OR.length());
    if (!isWord(definition, alter, ALTER)) {
      return Optional.of(new ModuleText(definition, create));
    }
    StringBuilder text = new StringBuilder(definition);
    blank(text, or, OR);
    blank(text, alter, ALTER);
    return Optional.of(new ModuleText(text.toString(), create));
  }

  private static void blank(StringBuilder text, int at, String word) {
    text.replace(at, at + word.length(), " ".repeat(word.length()));
  }

  /// Returns where the first word after white space and comments begins.
  private static int skipBlank(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF') {
        at++;
      } else if (text.startsWith("--", at)) {
        at = endOfLine(text, at);
      } else if (text.startsWith("/*", at)) {
        at = endOfComment(text, at);
      } else {
        return at;
      }
    }
    return at;
  }

  private static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /// Comments of this kind stand within each other.
  private static int endOfComment(String text, int from) {
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }

  private static boolean isWord(String text, int at, String word) {
    int end = at + word.length();
    return text.regionMatches(true, at, word, 0, word.length())
        && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
  }
}
