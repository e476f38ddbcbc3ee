package dev.edj.script;

import static dev.edj.script.ScriptException.Code.COMMENT_NOT_TERMINATED;
import static dev.edj.script.ScriptException.Code.STRING_NOT_TERMINATED;

/// Skips what is opened and must be closed: strings, quoted names, block comments.
///
/// Each method expects the cursor at the opening mark, and leaves it behind the closing one.
final class Enclosed {

  private Enclosed() {}

  /// A text in which the closing mark is written twice to stand for itself.
  static void skipQuoted(Cursor cursor, char closing) throws ScriptException {
    int start = cursor.offset();
    String mark = String.valueOf(closing);
    cursor.skip(1);
    do {
      if (!cursor.skipPast(mark)) {
        throw notClosed(cursor, start, mark);
      }
    } while (skipOne(cursor, closing));
  }

  /// A text in which, besides, a backslash takes the meaning from the character behind it.
  static void skipEscaped(Cursor cursor, char closing) throws ScriptException {
    int start = cursor.offset();
    cursor.skip(1);
    while (!cursor.atEnd()) {
      if (cursor.peek() == '\\') {
        cursor.skip(2);
      } else if (!skipOne(cursor, closing)) {
        cursor.skip(1);
      } else if (!skipOne(cursor, closing)) {
        return;
      }
    }
    throw notClosed(cursor, start, String.valueOf(closing));
  }

  /// A text between two occurrences of the same mark of any length.
  static void skipBetween(Cursor cursor, String mark) throws ScriptException {
    int start = cursor.offset();
    cursor.skip(mark.length());
    if (!cursor.skipPast(mark)) {
      throw notClosed(cursor, start, mark);
    }
  }

  static void skipFlatComment(Cursor cursor) throws ScriptException {
    int start = cursor.offset();
    cursor.skip(2);
    if (!cursor.skipPast("*/")) {
      throw commentNotClosed(cursor, start);
    }
  }

  static void skipNestedComment(Cursor cursor) throws ScriptException {
    int start = cursor.offset();
    int open = 0;
    do {
      if (cursor.atEnd()) {
        throw commentNotClosed(cursor, start);
      }
      if (cursor.at("/*")) {
        open++;
        cursor.skip(2);
      } else if (cursor.at("*/")) {
        open--;
        cursor.skip(2);
      } else {
        cursor.skip(1);
      }
    } while (open > 0);
  }

  private static boolean skipOne(Cursor cursor, char character) {
    if (cursor.atEnd() || cursor.peek() != character) {
      return false;
    }
    cursor.skip(1);
    return true;
  }

  private static ScriptException notClosed(Cursor cursor, int start, String mark) {
    return cursor.error(
        STRING_NOT_TERMINATED,
        start,
        "the text that opens here is still open at the end of the script. Close it with "
            + mark
            + " where it ends.");
  }

  private static ScriptException commentNotClosed(Cursor cursor, int start) {
    return cursor.error(
        COMMENT_NOT_TERMINATED,
        start,
        "the comment that opens here is still open at the end of the script. Close it, and each"
            + " comment within it, with */ where it ends.");
  }
}
