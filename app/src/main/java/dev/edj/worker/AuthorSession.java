package dev.edj.worker;

import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// What a script of a package's author may leave behind in the session, which must not decide where
/// the plan's own steps go, how they are meant, or whether they are kept.
final class AuthorSession {

  private static final String SETTINGS =
      """
      SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
      SET NUMERIC_ROUNDABORT OFF;
      SET ROWCOUNT 0;
      """;

  private final TargetSession target;
  private final String database;

  private AuthorSession(TargetSession target, String database) {
    this.target = target;
    this.database = database;
  }

  /// Before the first script.
  static AuthorSession of(TargetSession target) throws TargetException {
    return new AuthorSession(target, target.read(Connection::getCatalog));
  }

  /// Makes the session what it was. Returns whether a transaction was open, which is rolled back.
  boolean restore() throws TargetException {
    return target.read(this::restored);
  }

  private boolean restored(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean open;
      try (ResultSet row = statement.executeQuery("SELECT @@TRANCOUNT")) {
        open = row.next() && row.getInt(1) > 0;
      }
      if (open) {
        statement.execute("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION");
      }
      statement.execute("SET IMPLICIT_TRANSACTIONS OFF");
      if (!database.equals(connection.getCatalog())) {
        connection.setCatalog(database);
      }
      statement.execute(SETTINGS);
      return open;
    }
  }
}
