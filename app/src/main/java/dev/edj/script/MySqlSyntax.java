package dev.edj.script;

import static dev.edj.script.ScriptException.Code.INVALID_COMMAND;

import java.util.Optional;

/// MySQL and MariaDB with the default SQL mode, split into statements as their client does.
final class MySqlSyntax implements Syntax {

  private static final String COMMAND = "DELIMITER";
  private static final char DELETE = 0x7F;

  /// Changes as the script is read.
  private String delimiter = ";";

  @Override
  public Optional<Piece> readLine(Cursor cursor) throws ScriptException {
    Optional<Piece> go = GoLine.readLenient(cursor, MySqlSyntax::atLineComment);
    return go.isPresent() ? go : readDelimiter(cursor);
  }

  @Override
  public int delimiterLength(Cursor cursor) {
    return cursor.at(delimiter) ? delimiter.length() : 0;
  }

  @Override
  public boolean atComment(Cursor cursor) {
    return switch (cursor.peek()) {
      case '#', '-' -> atLineComment(cursor);
      case '/' -> cursor.peek(1) == '*' && !atConditionalCode(cursor);
      default -> false;
    };
  }

  @Override
  public void skipComment(Cursor cursor) throws ScriptException {
    if (cursor.peek() == '/') {
      Enclosed.skipFlatComment(cursor);
    } else {
      cursor.skipToLineEnd();
    }
  }

  @Override
  public void skipToken(Cursor cursor) throws ScriptException {
    switch (cursor.peek()) {
      case '\'' -> Enclosed.skipEscaped(cursor, '\'');
      case '"' -> Enclosed.skipEscaped(cursor, '"');
      case '`' -> Enclosed.skipQuoted(cursor, '`');
      default -> cursor.skip(1);
    }
  }

  @Override
  public boolean strictReferences() {
    return false;
  }

  /// The server refuses an empty statement.
  @Override
  public boolean sendsCommentsAlone() {
    return false;
  }

  @Override
  public boolean trimsBatches() {
    return true;
  }

  private Optional<Piece> readDelimiter(Cursor cursor) throws ScriptException {
    int start = cursor.offset();
    cursor.skipBlanks();
    if (!atCommand(cursor)) {
      cursor.moveTo(start);
      return Optional.empty();
    }
    cursor.skip(COMMAND.length());
    cursor.skipBlanks();
    int word = cursor.offset();
    while (!cursor.atLineEnd() && !cursor.atBlank()) {
      cursor.skip(1);
    }
    delimiter = checked(cursor, word);
    cursor.skipToLineEnd();
    cursor.skipLineBreak();
    return Optional.of(new Piece.Delimiter(start, cursor.offset()));
  }

  private static boolean atCommand(Cursor cursor) {
    if (!cursor.atIgnoringCase(COMMAND)) {
      return false;
    }
    return cursor.peek(COMMAND.length()) <= ' ';
  }

  private static String checked(Cursor cursor, int start) throws ScriptException {
    String chosen = cursor.textFrom(start);
    if (chosen.isEmpty() || chosen.contains("\\")) {
      throw cursor.error(
          INVALID_COMMAND,
          start,
          """
          what separates statements from here on must follow DELIMITER, without a \
          backslash, as in DELIMITER //.\
          """);
    }
    return chosen;
  }

  private static boolean atLineComment(Cursor cursor) {
    return cursor.peek() == '#' || (cursor.at("--") && isBlankOrControl(cursor.peek(2)));
  }

  private static boolean isBlankOrControl(char character) {
    return character <= ' ' || character == DELETE;
  }

  /// `/*! .. */`, and `/*M! .. */` of MariaDB: comments to others, statements to the server.
  private static boolean atConditionalCode(Cursor cursor) {
    return cursor.at("/*!") || cursor.at("/*M!");
  }
}
