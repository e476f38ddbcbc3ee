package dev.edj.script;

/// The words of lines that the client reads: `GO` and the commands that start with a colon.
final class SqlcmdWord {

  /// What may follow a command's name directly, besides blanks and the end of the line.
  private static final String BOUNDARIES = "$/-'\"([!";

  private SqlcmdWord() {}

  static boolean at(Cursor cursor, String name) {
    return cursor.atIgnoringCase(name) && isBoundary(cursor, name.length());
  }

  /// Over a word that ends at a blank, at a comment or with the line.
  static void skip(Cursor cursor) {
    while (!cursor.atLineEnd() && !cursor.atBlank() && !cursor.at("--")) {
      cursor.skip(1);
    }
  }

  /// Over a word that ends at a blank or with the line, outside double quotes.
  static void skipWithQuotes(Cursor cursor) throws ScriptException {
    while (!cursor.atLineEnd() && !cursor.atBlank()) {
      if (cursor.peek() == '"') {
        Enclosed.skipQuoted(cursor, '"');
      } else {
        cursor.skip(1);
      }
    }
  }

  private static boolean isBoundary(Cursor cursor, int ahead) {
    int start = cursor.offset();
    cursor.skip(ahead);
    boolean boundary =
        cursor.atLineEnd() || cursor.atBlank() || BOUNDARIES.indexOf(cursor.peek()) >= 0;
    cursor.moveTo(start);
    return boundary;
  }
}
