package dev.edj.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  /// What can return many rows and be fetched through a portal.
  private static final Set<String> RETURNS_ROWS =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "FETCH", "EXECUTE", "SHOW", "EXPLAIN");

  private static final int IN_TRANSACTION_AS_SENT =
      QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_ONESHOT;

  /// How the locks of [#lockNumber] are listed: the number's halves, in the current database.
  private static final String FROM_HOLDER =
      """
      FROM pg_catalog.pg_locks l
      WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.granted
        AND l.objsubid OPERATOR(pg_catalog.=) 1
        AND l.database OPERATOR(pg_catalog.=) (
          SELECT oid FROM pg_catalog.pg_database
          WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
        AND l.classid OPERATOR(pg_catalog.=) CAST(? AS pg_catalog.oid)
        AND l.objid OPERATOR(pg_catalog.=) CAST(? AS pg_catalog.oid)
      """;

  private final BaseConnection connection;
  private final QueryExecutor executor;
  private final String applicationName;
  private final PostgreSqlFields columns;

  /// What was sent last; for the lines of errors.
  private Sent sent = Sent.NOTHING;

  /// How many of its statements have ended.
  private int ended;

  /// Whether batches belong to one transaction that they must not end.
  private boolean confined;

  /// @param firstLine the line of the batch on which the text begins
  /// @param statements where in the text each statement begins; empty when that is not known
  record Sent(String text, int firstLine, List<Integer> statements) {

    static final Sent NOTHING = new Sent("", 1, List.of());

    int lineAt(int index) {
      return firstLine + Lines.lineAt(text, index) - 1;
    }
  }

  PostgreSqlDialogue(BaseConnection connection, String applicationName) {
    this.connection = connection;
    this.applicationName = applicationName;
    this.executor = connection.getQueryExecutor();
    this.columns = new PostgreSqlFields(connection.getTypeInfo());
  }

  @Override
  public String applicationName() {
    return applicationName;
  }

  @Override
  public void run(String batch, BatchListener listener) throws SQLException {
    List<NativeQuery> statements =
        Parser.parseJdbcSql(
            batch, executor.getStandardConformingStrings(), false, true, false, true);
    List<Integer> starts = starts(statements, batch);
    if (confined) {
      runConfined(batch, starts.isEmpty() ? List.of() : statements, listener);
    } else if (statements.stream().anyMatch(PostgreSqlDialogue::returnsRows) && !starts.isEmpty()) {
      runOneByOne(batch, statements, listener);
    } else {
      remember(new Sent(batch, 1, starts));
      sendWhole(batch, listener);
    }
  }

  /// Each statement goes in a message in which the server takes no second one. What the driver's
  /// parser takes for one statement can be several, of which nobody has seen that one is a
  /// `COMMIT`: a string may end elsewhere than it thinks.
  ///
  /// @param statements empty when it is not known where they begin
  private void runConfined(String batch, List<NativeQuery> statements, BatchListener listener)
      throws SQLException {
    if (statements.isEmpty()) {
      remember(new Sent(batch, 1, List.of()));
      sendWithPortal(executor.createQuery(batch, false, false).query, listener);
    }
    int from = 0;
    for (NativeQuery statement : statements) {
      if (isIdle()) {
        return; // the transaction is over, which whoever began it notices
      }
      Together together = new Together(batch, from);
      remember(together.alone(statement));
      sendWithPortal(executor.wrap(List.of(statement)), listener);
      from = together.end();
    }
  }

  private void remember(Sent text) {
    sent = text;
    ended = 0;
  }

  /// Where the statements begin in the batch; empty when they are not the batch's own text, because
  /// the driver's parser turns `??` into `?`.
  private static List<Integer> starts(List<NativeQuery> statements, String batch) {
    List<Integer> starts = new ArrayList<>();
    int from = 0;
    for (NativeQuery statement : statements) {
      int start = batch.indexOf(statement.nativeSql, from);
      if (start < 0) {
        return List.of();
      }
      starts.add(start + startOfFirstWord(statement.nativeSql));
      from = start + statement.nativeSql.length();
    }
    return starts;
  }

  /// What returns no rows goes together, up to the next statement that does, to save round trips.
  private void runOneByOne(String batch, List<NativeQuery> statements, BatchListener listener)
      throws SQLException {
    boolean ourTransaction = false;
    int from = 0;
    try {
      for (int i = 0; i < statements.size(); i++) {
        NativeQuery statement = statements.get(i);
        String verb = firstWord(statement.nativeSql);
        Together together = new Together(batch, from);
        if (isIdle() && !isTransactionControl(verb)) {
          together.begin();
          ourTransaction = true;
        }
        if (returnsRows(statement)) {
          if (ourTransaction && isIdle()) {
            sendWhole(BEGIN, Silence.INSTANCE);
          }
          remember(together.alone(statement));
          sendWithPortal(executor.wrap(List.of(statement)), listener);
        } else {
          Sent text = together.add(statement);
          while (!isTransactionControl(verb)
              && i + 1 < statements.size()
              && joins(statements.get(i + 1))) {
            text = together.add(statements.get(++i));
          }
          remember(text);
          sendWhole(text.text(), listener);
        }
        from = together.end();
        // After BEGIN the transaction is the script's; after COMMIT or ROLLBACK there is none.
        ourTransaction = ourTransaction && !isIdle() && !isBegin(verb);
      }
      if (ourTransaction) {
        remember(Sent.NOTHING);
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

  /// Statements of a batch that go in one message, and where each begins in it.
  private static final class Together {

    private final String batch;
    private final List<Integer> starts = new ArrayList<>();
    private String prefix = "";
    private int start = -1;
    private int end;

    Together(String batch, int from) {
      this.batch = batch;
      this.end = from;
    }

    /// Our BEGIN goes first, on the line of what follows, so that lines stay what they are.
    void begin() {
      prefix = BEGIN;
      starts.add(0);
    }

    Sent add(NativeQuery statement) {
      String text = statement.nativeSql;
      int at = batch.indexOf(text, end);
      start = start < 0 ? at : start;
      end = at + text.length();
      starts.add(prefix.length() + at - start + startOfFirstWord(text));
      return new Sent(
          prefix + batch.substring(start, end), Lines.lineAt(batch, start), List.copyOf(starts));
    }

    Sent alone(NativeQuery statement) {
      prefix = "";
      starts.clear();
      return add(statement);
    }

    int end() {
      return end;
    }
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

  private void sendWithPortal(Query query, BatchListener listener) throws SQLException {
    try (BaseStatement statement = (BaseStatement) connection.createStatement()) {
      statement.setFetchSize(Portions.FIRST);
      int flags =
          IN_TRANSACTION_AS_SENT
              | QueryExecutor.QUERY_FORWARD_CURSOR
              | QueryExecutor.QUERY_NO_BINARY_TRANSFER;
      Answers answers = new Answers(statement, listener);
      executor.execute(query, null, answers, 0, Portions.FIRST, flags);
      answers.deliverPortal();
      query.close();
    }
  }

  @Override
  public boolean tryLock(String key, Duration wait) throws SQLException {
    long number = lockNumber(key);
    remember(Sent.NOTHING);
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

  private static final String FIND_HOLDER =
      """
      SELECT a.pid, a.usename, a.application_name,
        coalesce(a.backend_start OPERATOR(pg_catalog.<=) own.backend_start, true),
        a.usesysid OPERATOR(pg_catalog.=) own.usesysid
      FROM pg_catalog.pg_stat_activity a
      JOIN pg_catalog.pg_stat_activity own
        ON own.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
      WHERE a.pid OPERATOR(pg_catalog.=) ANY (SELECT l.pid %s)
      """
          .formatted(FROM_HOLDER);

  @Override
  public Optional<LockHolder> findHolder(String key) throws SQLException {
    remember(Sent.NOTHING);
    try (PreparedStatement statement = connection.prepareStatement(FIND_HOLDER)) {
      bind(statement, key);
      try (ResultSet rows = statement.executeQuery()) {
        return LockHolder.first(rows);
      }
    }
  }

  /// One statement, so that the number cannot go to another session in between.
  private static final String END_HOLDER =
      "SELECT pg_catalog.pg_terminate_backend(l.pid) "
          + FROM_HOLDER
          + " AND l.pid OPERATOR(pg_catalog.=) ?";

  @Override
  public boolean endHolder(String key, LockHolder holder) throws SQLException {
    remember(Sent.NOTHING);
    try (PreparedStatement statement = connection.prepareStatement(END_HOLDER)) {
      bind(statement, key);
      statement.setLong(3, holder.session());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private static void bind(PreparedStatement statement, String key) throws SQLException {
    long number = lockNumber(key);
    statement.setLong(1, number >>> 32);
    statement.setLong(2, number & 0xFFFF_FFFFL);
  }

  @Override
  public String permissionToLook() {
    return "SELECT on pg_locks and pg_stat_activity, which everybody has unless it was revoked";
  }

  @Override
  public String permissionToEnd() {
    return "membership in the session's own role or in pg_signal_backend (a superuser's session"
        + " takes a superuser)";
  }

  @Override
  public OneTransaction newTransaction() {
    remember(Sent.NOTHING);
    confined = true;
    return new PostgreSqlTransaction(connection);
  }

  @Override
  public Survey survey() throws SQLException {
    remember(Sent.NOTHING);
    return PostgreSqlSurvey.of(connection);
  }

  /// To parse and analyse a statement takes locks and reads constants with the types' own
  /// functions.
  @Override
  public boolean parse(String batch) {
    return false;
  }

  @Override
  public void cancelStatement() throws SQLException {
    executor.sendQueryCancel();
  }

  @Override
  public TargetError explain(SQLException failure) {
    return explain(failure, sent, ended);
  }

  static TargetError explainOutsideBatch(SQLException failure) {
    return explain(failure, null, 0);
  }

  private static TargetError explain(SQLException failure, @Nullable Sent sent, int ended) {
    String state = failure.getSQLState();
    ServerErrorMessage server =
        failure instanceof PSQLException own ? own.getServerErrorMessage() : null;
    boolean lost = state != null && PostgreSqlErrors.endsSession(state);
    return new TargetError(
        lost ? TargetError.Kind.LOST : TargetError.Kind.STATEMENT,
        null,
        state,
        null,
        server == null || sent == null ? null : line(server, sent, ended),
        server == null ? String.valueOf(failure.getMessage()) : textWithContext(server),
        state != null && PostgreSqlErrors.isTransient(state),
        TargetError.stackOf(failure));
  }

  /// PostgreSQL tells the position in characters, not in UTF-16 units; 0 stands for none. Then it
  /// is the statement's own beginning.
  private static @Nullable Integer line(ServerErrorMessage server, Sent sent, int ended) {
    int position = server.getPosition();
    if (position > 0 && position <= sent.text().codePointCount(0, sent.text().length()) + 1) {
      return sent.lineAt(sent.text().offsetByCodePoints(0, position - 1));
    }
    return ended < sent.statements().size() ? sent.lineAt(sent.statements().get(ended)) : null;
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
    int start = startOfFirstWord(statement);
    int i = start;
    while (i < statement.length() && Character.isLetter(statement.charAt(i))) {
      i++;
    }
    return statement.substring(start, i).toUpperCase(Locale.ROOT);
  }

  static int startOfFirstWord(String statement) {
    int i = 0;
    while (i < statement.length()) {
      if (statement.startsWith("--", i)) {
        i = endOfLine(statement, i);
      } else if (statement.startsWith("/*", i)) {
        i = Parser.parseBlockComment(statement.toCharArray(), i) + 1;
      } else if (Character.isWhitespace(statement.charAt(i)) || statement.charAt(i) == '(') {
        i++;
      } else {
        break;
      }
    }
    return i;
  }

  /// The server ends a line, and a comment with it, at a carriage return, too.
  private static int endOfLine(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /// The advisory locks of a database have numbers, not names: the first 64 bits of the hash.
  private static long lockNumber(String key) {
    return LockNames.number(key);
  }

  /// Hands on what the server answers, as it comes.
  private final class Answers extends ResultHandlerBase {

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
        columns.complete(fields);
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
        Portions portions = Portions.of(rows);
        while (portions.next()) {
          // The server reports an error in a later row only to those who ask for that row.
        }
        for (SQLWarning w = rows.getWarnings(); w != null; w = w.getNextWarning()) {
          handleWarning(w);
        }
      }
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
      // Our own BEGIN and ROLLBACK are not the script's.
      if (!Silence.INSTANCE.equals(listener)) {
        ended++;
      }
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
