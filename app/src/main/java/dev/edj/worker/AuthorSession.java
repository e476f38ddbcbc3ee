package dev.edj.worker;

import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// What a script of a package's author may leave behind in the session, which must not decide where
/// the plan's own steps go, how they are meant, or whether they are kept.
final class AuthorSession {

  private static final String SETTINGS =
      """
      SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
      SET NUMERIC_ROUNDABORT OFF;
      SET ROWCOUNT 0;
      """;

  private static final String WITNESS = "it runs";

  private static final String LEFT_OPEN =
      "it left a transaction open, which was rolled back with all that it had done since";

  private static final String NOT_RUN =
      "it left the session so that the server runs nothing (SET NOEXEC, PARSEONLY, FMTONLY or SHOWPLAN). What stands behind that in the script was not run, and nothing of the plan would be; what it did before is kept";

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

  /// Makes the session what it was. Returns what keeps the script from having been done, or what
  /// follows it from being done.
  Optional<String> restore() throws TargetException {
    return target.read(this::restored);
  }

  private Optional<String> restored(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!runsStatements(statement)) {
        return Optional.of(NOT_RUN);
      }
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
      return open ? Optional.of(LEFT_OPEN) : Optional.empty();
    }
  }

  /// A server that only reads statements, or says how it would run them, gives no rows, or others.
  private static boolean runsStatements(Statement statement) throws SQLException {
    if (!statement.execute("SELECT '%s'".formatted(WITNESS))) {
      return false;
    }
    try (ResultSet row = statement.getResultSet()) {
      return row.next() && WITNESS.equals(row.getString(1));
    }
  }
}
