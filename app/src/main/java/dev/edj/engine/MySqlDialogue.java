package dev.edj.engine;

import static java.util.Objects.requireNonNullElse;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;

/// Runs batches, which are single statements here, on MySQL and MariaDB.
final class MySqlDialogue implements Dialogue {

  /// With a fetch size the driver reads rows from the network as they are asked for. It reads that
  /// many ahead, and should it meet an error there, the result set before it would be lost.
  private static final int FETCH_SIZE = 1;

  private static final int LONGEST_LOCK_NAME = 64;
  private static final Pattern LINE = Pattern.compile(" at line (\\d{1,9})$");
  private static final int SYNTAX_ERROR = 1064;
  private static final int NO_SUCH_THREAD = 1094;

  private final Connection connection;
  private final String database;
  private final String applicationName;

  MySqlDialogue(Connection connection, String database, String applicationName) {
    this.connection = connection;
    this.database = database;
    this.applicationName = applicationName;
  }

  @Override
  public String applicationName() {
    return applicationName;
  }

  @Override
  public void run(String batch, BatchListener listener) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setFetchSize(FETCH_SIZE);
      boolean rows = statement.execute(batch);
      while (deliver(statement, rows, listener)) {
        rows = statement.getMoreResults();
      }
    }
    if (connection.getClient().getContext().getWarning() > 0) {
      deliverWarnings(listener);
    }
  }

  /// Returns whether there was a result to deliver.
  private static boolean deliver(Statement statement, boolean rows, BatchListener listener)
      throws SQLException {
    if (rows) {
      try (ResultSet resultSet = statement.getResultSet()) {
        listener.resultSet(resultSet);
        while (!resultSet.isClosed() && resultSet.next()) {
          // An error may stand behind any row.
        }
      }
      return true;
    }
    long count = statement.getLargeUpdateCount();
    if (count >= 0) {
      listener.rowCount(count);
    }
    return count >= 0;
  }

  /// The server keeps at most `max_error_count` of them, 64 by default.
  private void deliverWarnings(BatchListener listener) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW WARNINGS")) {
      while (rows.next()) {
        listener.message(
            new TargetMessage(rows.getString(1), rows.getInt(2), null, null, rows.getString(3)));
      }
    }
  }

  @Override
  public boolean tryLock(String key, Duration wait) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
      statement.setString(1, lockName(key));
      statement.setLong(2, wait.plusMillis(999).toSeconds());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1) == 1;
      }
    }
  }

  @Override
  public Optional<LockHolder> findHolder(String key) throws SQLException {
    long session = holder(key);
    if (session == 0) {
      return Optional.empty();
    }
    String user = user(session);
    boolean sameUser = user.equals(user(connection.getThreadId()));
    return Optional.of(
        new LockHolder(session, user, programName(session), isEarlier(session), sameUser));
  }

  /// Connections are numbered as they come.
  private boolean isEarlier(long session) throws SQLException {
    return session < connection.getThreadId();
  }

  /// The connection's number, which no server gives twice; 0 when nobody has the lock.
  private long holder(String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT IS_USED_LOCK(?)")) {
      statement.setString(1, lockName(key));
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private static final String FIND_USER =
      "SELECT USER FROM information_schema.PROCESSLIST WHERE ID = ?";

  /// Without the privilege PROCESS a login sees its own sessions only, which is what it may end.
  private String user(long session) throws SQLException {
    return requireNonNullElse(textOf(FIND_USER, session), "");
  }

  private static final String FIND_PROGRAM =
      """
      SELECT ATTR_VALUE FROM performance_schema.session_account_connect_attrs
      WHERE PROCESSLIST_ID = ? AND ATTR_NAME = 'program_name'
      """;

  /// Only a server with `performance_schema` tells, and only of sessions of the same account.
  private @Nullable String programName(long session) {
    try {
      return textOf(FIND_PROGRAM, session);
    } catch (SQLException e) {
      return null;
    }
  }

  private @Nullable String textOf(String query, long session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, session);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  @Override
  public boolean endHolder(String key, LockHolder holder) throws SQLException {
    if (holder(key) != holder.session()) {
      return false;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("KILL CONNECTION " + holder.session());
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_THREAD) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public String permissionToLook() {
    return "nothing but a login";
  }

  @Override
  public String permissionToEnd() {
    return "the session's own user name, or the privilege CONNECTION_ADMIN (MariaDB: CONNECTION"
        + " ADMIN; older servers: SUPER)";
  }

  /// The locks of these engines belong to the server, so the database is part of the name.
  private String lockName(String key) {
    return LockNames.hashed(database + "\n" + key, LONGEST_LOCK_NAME);
  }

  @Override
  public OneTransaction newTransaction() {
    return new MySqlTransaction(connection, database);
  }

  @Override
  public Survey survey() throws SQLException {
    return MySqlSurvey.of(connection);
  }

  /// To prepare a statement opens its tables and takes locks.
  @Override
  public boolean parse(String batch) {
    return false;
  }

  @Override
  public void cancelStatement() throws SQLException {
    connection.cancelCurrentQuery();
  }

  @Override
  public TargetError explain(SQLException failure) {
    return explainException(failure);
  }

  static TargetError explainException(SQLException failure) {
    String state = failure.getSQLState();
    int number = failure.getErrorCode();
    String message = String.valueOf(failure.getMessage());
    boolean lost = MySqlErrors.endsSession(number) || (state != null && state.startsWith("08"));
    return new TargetError(
        lost ? TargetError.Kind.LOST : TargetError.Kind.STATEMENT,
        number <= 0 ? null : number,
        state,
        null,
        number == SYNTAX_ERROR ? line(message) : null,
        message,
        MySqlErrors.isTransient(number) || (lost && number <= 0),
        TargetError.stackOf(failure));
  }

  private static @Nullable Integer line(String message) {
    Matcher line = LINE.matcher(message);
    return line.find() ? Integer.valueOf(line.group(1)) : null;
  }
}
