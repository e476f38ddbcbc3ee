package dev.edj.script;

import java.util.Optional;

/// T-SQL as SQL Server Management Studio reads it with SQLCMD mode on.
final class SqlServerSyntax implements Syntax {

  private final Definitions definitions;
  private final SqlcmdCommands commands;

  SqlServerSyntax(Definitions definitions) {
    this.definitions = definitions;
    this.commands = new SqlcmdCommands(definitions);
  }

  @Override
  public Optional<Piece> readLine(Cursor cursor) throws ScriptException {
    Optional<Piece> go = GoLine.readStrict(cursor, definitions);
    return go.isPresent() ? go : commands.read(cursor);
  }

  @Override
  public boolean atComment(Cursor cursor) {
    return switch (cursor.peek()) {
      case '-' -> cursor.peek(1) == '-';
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
    switch (cursor.peek()) {
      case '\'' -> Enclosed.skipQuoted(cursor, '\'');
      case '"' -> Enclosed.skipQuoted(cursor, '"');
      case '[' -> Enclosed.skipQuoted(cursor, ']');
      default -> cursor.skip(1);
    }
  }

  @Override
  public boolean strictReferences() {
    return true;
  }

  @Override
  public boolean sendsCommentsAlone() {
    return true;
  }

  @Override
  public boolean trimsBatches() {
    return false;
  }
}
