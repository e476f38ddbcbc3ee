package dev.edj.engine;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/// Runs batches on PostgreSQL as psql's `-c` does: as one transaction, unless they say otherwise.
///
/// A batch is sent whole, as one Query message, and the server makes it one implicit transaction.
/// The driver keeps every row of such an answer in memory. So a batch of which a statement returns
/// rows is sent statement by statement inside an explicit transaction, which comes to the same, and
/// its rows are fetched in portions through a portal, which needs a transaction to live in.
///
/// The driver is used at the level of its query executor because only there notices and row counts
/// arrive one by one and in order; a `Statement` collects them, without a limit, until all is over.
final class PostgreSqlDialogue implements Dialogue {

  private static final String BEGIN = "BEGIN; ";

  /// Rows held in memory at a time.
  private static final int FETCH_SIZE = 500;

  /// What can return many rows and be fetched through a portal.
  private static final Set<String> RETURNS_ROWS =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "FETCH", "EXECUTE", "SHOW", "EXPLAIN");

  private static final int IN_TRANSACTION_AS_SENT =
      QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_ONESHOT;

  private final BaseConnection connection;
  private final QueryExecutor executor;

  /// What was sent last, and on which line of its batch it begins; for the lines of errors.
  private Sent sent = new Sent("", 1);

  record Sent(String text, int firstLine) {}

  PostgreSqlDialogue(BaseConnection connection) {
    this.connection = connection;
    this.executor = connection.getQueryExecutor();
  }

  @Override
  public void run(String batch, BatchListener listener) throws SQLException {
    List<NativeQuery> statements =
        Parser.parseJdbcSql(
            batch, executor.getStandardConformingStrings(), false, true, false, true);
    if (statements.stream().anyMatch(PostgreSqlDialogue::returnsRows)
        && isCutOnly(statements, batch)) {
      runOneByOne(batch, statements, listener);
    } else {
      sent = new Sent(batch, 1);
      sendWhole(batch, listener);
    }
  }

  /// Whether the statements are the batch's own text: the driver's parser turns `??` into `?`.
  private static boolean isCutOnly(List<NativeQuery> statements, String batch) {
    int from = 0;
    for (NativeQuery statement : statements) {
      int start = batch.indexOf(statement.nativeSql, from);
      if (start < 0) {
        return false;
      }
      from = start + statement.nativeSql.length();
    }
    return true;
  }

  /// What returns no rows goes together, up to the next statement that does, to save round trips.
  private void runOneByOne(String batch, List<NativeQuery> statements, BatchListener listener)
      throws SQLException {
    boolean ourTransaction = false;
    int from = 0;
    try {
      for (int i = 0; i < statements.size(); i++) {
        String text = statements.get(i).nativeSql;
        int start = batch.indexOf(text, from);
        from = start + text.length();
        String verb = firstWord(text);
        String begin = "";
        if (isIdle() && !isTransactionControl(verb)) {
          begin = BEGIN;
          ourTransaction = true;
        }
        if (returnsRows(statements.get(i))) {
          if (!begin.isEmpty()) {
            sendWhole(begin, Silence.INSTANCE);
          }
          sent = new Sent(text, Lines.lineAt(batch, start));
          sendWithPortal(statements.get(i), listener);
        } else {
          while (!isTransactionControl(verb)
              && i + 1 < statements.size()
              && joins(statements.get(i + 1))) {
            String next = statements.get(++i).nativeSql;
            from = batch.indexOf(next, from) + next.length();
          }
          // The prefix is on the first line of what follows, so lines stay what they are.
          sent = new Sent(begin + batch.substring(start, from), Lines.lineAt(batch, start));
          sendWhole(sent.text(), listener);
        }
        // After BEGIN the transaction is the script's; after COMMIT or ROLLBACK there is none.
        ourTransaction = ourTransaction && !isIdle() && !isBegin(verb);
      }
      if (ourTransaction) {
        sent = new Sent("", 1);
        sendWhole("COMMIT", Silence.INSTANCE);
      }
    } catch (SQLException e) {
      if (ourTransaction && !connection.isClosed()) {
        rollBack(e);
      }
      throw e;
    }
  }

  /// Whether a statement can go in one message with those before it.
  private static boolean joins(NativeQuery statement) {
    return !returnsRows(statement) && !isTransactionControl(firstWord(statement.nativeSql));
  }

  private void rollBack(SQLException failure) {
    try {
      sendWhole("ROLLBACK", Silence.INSTANCE);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private void sendWhole(String text, BatchListener listener) throws SQLException {
    try (BaseStatement statement = (BaseStatement) connection.createStatement()) {
      Query query = executor.createQuery(text, false, false).query;
      int flags = IN_TRANSACTION_AS_SENT | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE;
      executor.execute(query, null, new Answers(statement, listener), 0, 0, flags);
    }
  }

  private void sendWithPortal(NativeQuery single, BatchListener listener) throws SQLException {
    try (BaseStatement statement = (BaseStatement) connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      Query query = executor.wrap(List.of(single));
      int flags =
          IN_TRANSACTION_AS_SENT
              | QueryExecutor.QUERY_FORWARD_CURSOR
              | QueryExecutor.QUERY_NO_BINARY_TRANSFER;
      Answers answers = new Answers(statement, listener);
      executor.execute(query, null, answers, 0, FETCH_SIZE, flags);
      answers.deliverPortal();
      query.close();
    }
  }

  @Override
  public boolean tryLock(String key, Duration wait) throws SQLException {
    long number = lockNumber(key);
    sent = new Sent("", 1);
    return takeLock(number) || awaitLock(number, wait);
  }

  /// The usual case, in one statement: nobody else has it.
  private boolean takeLock(long number) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.pg_try_advisory_lock(" + number + ")")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private boolean awaitLock(long number, Duration wait) throws SQLException {
    // lock_timeout bounds the wait on the server; 0 would mean no bound.
    String lock =
        """
        BEGIN;
        SET LOCAL statement_timeout = 0;
        SET LOCAL lock_timeout = %d;
        SELECT pg_catalog.pg_advisory_lock(%d);
        COMMIT
        """
            .formatted(Math.clamp(wait.toMillis(), 1, Integer.MAX_VALUE), number);
    try {
      sendWhole(lock, Silence.INSTANCE);
      return true;
    } catch (SQLException e) {
      if (!connection.isClosed()) {
        rollBack(e);
      }
      if ("55P03".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void cancelStatement() throws SQLException {
    executor.sendQueryCancel();
  }

  @Override
  public TargetError explain(SQLException failure) {
    return explain(failure, sent);
  }

  static TargetError explain(SQLException failure, @Nullable Sent sent) {
    String state = failure.getSQLState();
    ServerErrorMessage server =
        failure instanceof PSQLException own ? own.getServerErrorMessage() : null;
    boolean lost = state != null && PostgreSqlErrors.endsSession(state);
    return new TargetError(
        lost ? TargetError.Kind.LOST : TargetError.Kind.STATEMENT,
        null,
        state,
        null,
        server == null || sent == null ? null : line(server, sent),
        server == null ? String.valueOf(failure.getMessage()) : textWithContext(server),
        state != null && PostgreSqlErrors.isTransient(state),
        TargetError.stackOf(failure));
  }

  /// PostgreSQL tells the position in characters, not in UTF-16 units; 0 stands for none.
  private static @Nullable Integer line(ServerErrorMessage server, Sent sent) {
    int position = server.getPosition();
    if (position <= 0 || position > sent.text().codePointCount(0, sent.text().length()) + 1) {
      return null;
    }
    int index = sent.text().offsetByCodePoints(0, position - 1);
    return sent.firstLine() + Lines.lineAt(sent.text(), index) - 1;
  }

  private static String text(ServerErrorMessage server) {
    StringBuilder text = new StringBuilder(String.valueOf(server.getMessage()));
    append(text, "Detail", server.getDetail());
    append(text, "Hint", server.getHint());
    return text.toString();
  }

  /// As psql does, only errors tell the functions they come from.
  private static String textWithContext(ServerErrorMessage server) {
    StringBuilder text = new StringBuilder(text(server));
    append(text, "Where", server.getWhere());
    return text.toString();
  }

  private static void append(StringBuilder text, String title, @Nullable String part) {
    if (part != null && !part.isEmpty()) {
      text.append('\n').append(title).append(": ").append(part);
    }
  }

  private boolean isIdle() {
    return executor.getTransactionState() == TransactionState.IDLE;
  }

  private static boolean returnsRows(NativeQuery statement) {
    return statement.getCommand().returnsRows()
        || RETURNS_ROWS.contains(firstWord(statement.nativeSql));
  }

  private static boolean isBegin(String verb) {
    return verb.equals("BEGIN") || verb.equals("START");
  }

  private static boolean isTransactionControl(String verb) {
    return isBegin(verb) || Set.of("COMMIT", "END", "ROLLBACK", "ABORT").contains(verb);
  }

  /// The first word in upper case, behind blanks, comments and opening parentheses.
  static String firstWord(String statement) {
    int i = 0;
    while (i < statement.length()) {
      if (statement.startsWith("--", i)) {
        i = endOf(statement, "\n", i);
      } else if (statement.startsWith("/*", i)) {
        i = Parser.parseBlockComment(statement.toCharArray(), i) + 1;
      } else if (Character.isWhitespace(statement.charAt(i)) || statement.charAt(i) == '(') {
        i++;
      } else {
        break;
      }
    }
    int start = i;
    while (i < statement.length() && Character.isLetter(statement.charAt(i))) {
      i++;
    }
    return statement.substring(start, i).toUpperCase(Locale.ROOT);
  }

  private static int endOf(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  /// The advisory locks of a database have numbers, not names: the first 64 bits of the hash.
  private static long lockNumber(String key) {
    return ByteBuffer.wrap(LockNames.hash(key)).getLong();
  }

  /// Hands on what the server answers, as it comes.
  private static final class Answers extends ResultHandlerBase {

    private final BaseStatement statement;
    private final BatchListener listener;
    private @Nullable ResultSet portalRows;

    Answers(BaseStatement statement, BatchListener listener) {
      this.statement = statement;
      this.listener = listener;
    }

    @Override
    public void handleResultRows(
        Query query, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
      try {
        if (cursor == null) {
          deliver(statement.createDriverResultSet(fields, tuples));
        } else {
          portalRows = statement.createResultSet(query, fields, tuples, cursor);
        }
      } catch (SQLException e) {
        handleError(e);
      }
    }

    /// More rows can be asked for only after the answer to the first request has ended.
    void deliverPortal() throws SQLException {
      if (portalRows != null) {
        deliver(portalRows);
      }
    }

    private void deliver(ResultSet rows) throws SQLException {
      try (rows) {
        listener.resultSet(rows);
        while (rows.next()) {
          // The server reports an error in a later row only to those who ask for that row.
        }
        for (SQLWarning w = rows.getWarnings(); w != null; w = w.getNextWarning()) {
          handleWarning(w);
        }
      }
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
      if (!status.isEmpty() && Character.isDigit(status.charAt(status.length() - 1))) {
        listener.rowCount(updateCount);
      }
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      ServerErrorMessage server =
          warning instanceof PSQLWarning own ? own.getServerErrorMessage() : null;
      listener.message(
          new TargetMessage(
              server == null ? "WARNING" : String.valueOf(server.getSeverity()),
              null,
              warning.getSQLState(),
              null,
              server == null ? String.valueOf(warning.getMessage()) : text(server)));
    }
  }

  /// For the statements that are ours.
  private enum Silence implements BatchListener {
    INSTANCE;

    @Override
    public void message(TargetMessage message) {}

    @Override
    public void rowCount(long rows) {}
  }
}
