package dev.edj.script;

import static dev.edj.script.ScriptException.Code.UNSUPPORTED_COMMAND;

import java.util.Optional;

/// PostgreSQL with standard strings (`standard_conforming_strings = on`).
final class PostgresSyntax implements Syntax {

  private static final String SPLIT = "\\;";

  @Override
  public Optional<Piece> readLine(Cursor cursor) throws ScriptException {
    Optional<Piece> go = GoLine.readLenient(cursor, PostgresSyntax::atLineComment);
    return go.isPresent() ? go : readBackslash(cursor);
  }

  @Override
  public boolean atComment(Cursor cursor) {
    return switch (cursor.peek()) {
      case '-' -> atLineComment(cursor);
      case '/' -> cursor.peek(1) == '*';
      default -> false;
    };
  }

  @Override
  public void skipComment(Cursor cursor) throws ScriptException {
    if (cursor.peek() == '-') {
      cursor.skipToLineEnd();
    } else {
      Enclosed.skipNestedComment(cursor);
    }
  }

  @Override
  public void skipToken(Cursor cursor) throws ScriptException {
    char character = cursor.peek();
    switch (character) {
      case '\'' -> Enclosed.skipQuoted(cursor, '\'');
      case '"' -> Enclosed.skipQuoted(cursor, '"');
      case '$' -> skipDollar(cursor);
      case 'e', 'E' -> skipPerhapsEscapedString(cursor);
      default -> {
        if (startsName(character)) {
          skipName(cursor);
        } else {
          cursor.skip(1);
        }
      }
    }
  }

  @Override
  public boolean strictReferences() {
    return false;
  }

  @Override
  public boolean sendsCommentsAlone() {
    return false;
  }

  @Override
  public boolean trimsBatches() {
    return false;
  }

  /// A backslash outside strings is never SQL: it is the splitting line or a command of psql.
  private static Optional<Piece> readBackslash(Cursor cursor) throws ScriptException {
    int start = cursor.offset();
    cursor.skipBlanks();
    if (cursor.peek() != '\\') {
      cursor.moveTo(start);
      return Optional.empty();
    }
    int command = cursor.offset();
    if (cursor.at(SPLIT)) {
      cursor.skip(SPLIT.length());
      cursor.skipBlanks();
      if (atLineComment(cursor)) {
        cursor.skipToLineEnd();
      }
      if (cursor.atLineEnd()) {
        cursor.skipLineBreak();
        return Optional.of(new Piece.Delimiter(start, cursor.offset()));
      }
    }
    throw cursor.error(
        UNSUPPORTED_COMMAND,
        command,
        """
        a line that starts with a backslash is a command of the psql program, which \
        EDJ does not carry out. Take it out of the script; only \\; on a line of its \
        own is known, and splits it.\
        """);
  }

  private static boolean atLineComment(Cursor cursor) {
    return cursor.at("--");
  }

  /// `E'..'`, where a backslash escapes; also its continuation behind a line break.
  private static void skipPerhapsEscapedString(Cursor cursor) throws ScriptException {
    if (cursor.peek(1) != '\'') {
      skipName(cursor);
      return;
    }
    cursor.skip(1);
    do {
      Enclosed.skipEscaped(cursor, '\'');
    } while (continuesOnALaterLine(cursor));
  }

  private static boolean continuesOnALaterLine(Cursor cursor) {
    int end = cursor.offset();
    boolean lineBroken = false;
    while (!cursor.atEnd() && Character.isWhitespace(cursor.peek())) {
      lineBroken |= cursor.atLineEnd();
      cursor.skip(1);
    }
    if (lineBroken && cursor.peek() == '\'') {
      return true;
    }
    cursor.moveTo(end);
    return false;
  }

  /// `$tag$ .. $tag$`, or a `$` that is none, as in `$1`.
  private static void skipDollar(Cursor cursor) throws ScriptException {
    int start = cursor.offset();
    cursor.skip(1);
    if (startsName(cursor.peek())) {
      skipTag(cursor);
    }
    if (cursor.peek() == '$') {
      cursor.skip(1);
      String tag = cursor.textFrom(start);
      cursor.moveTo(start);
      Enclosed.skipBetween(cursor, tag);
    }
  }

  private static void skipTag(Cursor cursor) {
    do {
      cursor.skip(1);
    } while (startsName(cursor.peek()) || Ascii.isDigit(cursor.peek()));
  }

  private static void skipName(Cursor cursor) {
    do {
      cursor.skip(1);
    } while (startsName(cursor.peek()) || Ascii.isDigit(cursor.peek()) || cursor.peek() == '$');
  }

  private static boolean startsName(char character) {
    return Ascii.isLetter(character) || character == '_' || character >= 0x80;
  }
}
