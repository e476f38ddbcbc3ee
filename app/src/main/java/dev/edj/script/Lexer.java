package dev.edj.script;

import java.util.Optional;

/// Cuts a script into pieces, in one pass, by the syntax of a dialect.
final class Lexer {

  private final Cursor cursor;
  private final Syntax syntax;
  private boolean lineStarts = true;

  Lexer(Source source, Syntax syntax) {
    this.cursor = new Cursor(source);
    this.syntax = syntax;
  }

  boolean hasNext() {
    return !cursor.atEnd();
  }

  Piece next() throws ScriptException {
    if (lineStarts) {
      Optional<Piece> line = syntax.readLine(cursor);
      if (line.isPresent()) {
        return line.get();
      }
      lineStarts = false;
    }
    int start = cursor.offset();
    int delimiterLength = syntax.delimiterLength(cursor);
    if (delimiterLength > 0) {
      cursor.skip(delimiterLength);
      return new Piece.Delimiter(start, cursor.offset());
    }
    if (syntax.atComment(cursor)) {
      syntax.skipComment(cursor);
      return new Piece.Comment(start, cursor.offset());
    }
    skipText();
    return new Piece.Text(start, cursor.offset());
  }

  private void skipText() throws ScriptException {
    do {
      if (cursor.skipLineBreak()) {
        lineStarts = true;
        return;
      }
      syntax.skipToken(cursor);
    } while (!cursor.atEnd() && syntax.delimiterLength(cursor) == 0 && !syntax.atComment(cursor));
  }
}
