package dev.edj.engine;

import com.microsoft.sqlserver.jdbc.ISQLServerConnection;
import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs batches on SQL Server as sqlcmd does: a batch may go on after an error, so it is read to
/// its end before its first error is thrown.
///
/// Messages and errors are taken from the driver's message handler, one by one and in the order of
/// the server. The driver's own way, warnings and chained exceptions, keeps them all in memory, and
/// following a chain reads, and loses, the results that are still to come.
///
/// To tell that there are no more rows, the driver reads on through the messages behind them. Those
/// are held back until the rows were delivered, so that all comes in the server's order.
final class SqlServerDialogue implements Dialogue {

  private static final int LONGEST_RESOURCE = 255;

  /// A procedure can send any number of messages behind its rows; memory counts for more than
  /// order.
  private static final int MOST_HELD = 100;

  private final ISQLServerConnection connection;
  private final String applicationName;
  private volatile @Nullable Statement running;
  private @Nullable BatchListener listener;
  private @Nullable ServerError firstError;
  private int errors;

  private final List<TargetMessage> held = new ArrayList<>();
  private boolean holding;

  /// Carries the first error of a batch out of the driver.
  private static final class ServerError extends SQLException {

    private final transient SQLServerError error;

    ServerError(SQLServerError error, SQLException cause) {
      super(error.getErrorMessage(), cause.getSQLState(), error.getErrorNumber(), cause);
      this.error = error;
    }
  }

  SqlServerDialogue(ISQLServerConnection connection, String applicationName) {
    this.connection = connection;
    this.applicationName = applicationName;
    connection.setServerMessageHandler(this::receive);
  }

  @Override
  public String applicationName() {
    return applicationName;
  }

  @Override
  public void run(String batch, BatchListener listener) throws SQLException {
    this.listener = listener;
    forgetErrors();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      running = statement;
      boolean more = readResult(() -> statement.execute(batch), statement);
      while (more) {
        more = readResult(statement::getMoreResults, statement);
      }
    } catch (SQLException e) {
      throw firstError == null ? e : withSuppressed(firstError, e);
    } finally {
      running = null;
      this.listener = null;
    }
    if (firstError != null) {
      throw firstError;
    }
  }

  private interface Step {
    boolean rows() throws SQLException;
  }

  /// Reads one result and returns whether another may follow. After an error of the server another
  /// may; after one of the driver, or when the error ended the session, none does.
  private boolean readResult(Step step, Statement statement) throws SQLException {
    int errorsBefore = errors;
    try {
      if (step.rows()) {
        deliverRows(statement);
        return true;
      }
      long count = statement.getLargeUpdateCount();
      if (count >= 0 && listener != null) {
        listener.rowCount(count);
      }
      return count >= 0;
    } catch (SQLException e) {
      if (errors == errorsBefore || connection.isClosed()) {
        throw e;
      }
      return true;
    }
  }

  private void deliverRows(Statement statement) throws SQLException {
    holding = true;
    try (ResultSet rows = statement.getResultSet()) {
      if (listener != null) {
        listener.resultSet(rows);
      }
      while (!rows.isClosed() && rows.next()) {
        // An error may stand behind any row.
      }
    } finally {
      deliverHeld();
    }
  }

  private void deliverHeld() {
    holding = false;
    held.forEach(this::deliver);
    held.clear();
  }

  private void forgetErrors() {
    firstError = null;
    errors = 0;
  }

  private static final String LOCK =
      "{? = call sys.sp_getapplock(@Resource = ?, @LockMode = 'Exclusive', @LockOwner = 'Session',"
          + " @LockTimeout = ?, @DbPrincipal = 'public')}";

  @Override
  public boolean tryLock(String key, Duration wait) throws SQLException {
    forgetErrors();
    try (CallableStatement statement = connection.prepareCall(LOCK)) {
      running = statement;
      statement.registerOutParameter(1, Types.INTEGER);
      statement.setNString(2, LockNames.name(key, LONGEST_RESOURCE));
      statement.setInt(3, Math.clamp(wait.toMillis(), 0, Integer.MAX_VALUE));
      statement.execute();
      int outcome = statement.getInt(1);
      // 0 granted at once, 1 after a wait, -1 time-out, -2 canceled, -3 deadlock, -999 other.
      if (outcome < -1) {
        throw new SQLException("sp_getapplock answered " + outcome);
      }
      return outcome >= 0;
    } catch (SQLException e) {
      throw firstError == null ? e : firstError;
    } finally {
      running = null;
    }
  }

  /// A lock's description is `principal:[the first 32 characters of the name]:(hash)`; the rest of
  /// the name is compared by what the session calls itself.
  private static final String FROM_HOLDER =
      """
      FROM sys.dm_tran_locks l
      JOIN sys.dm_exec_sessions s ON s.session_id = l.request_session_id
      JOIN sys.dm_exec_sessions own ON own.session_id = @@SPID
      WHERE l.resource_type = 'APPLICATION' AND l.request_status = 'GRANT'
        AND l.resource_database_id = DB_ID() AND s.session_id <> @@SPID
        AND CHARINDEX(N'[' + LEFT(?, 32) + N']', l.resource_description) > 0
      """;

  /// Several names may begin alike; the session of the same application first.
  private static final String FIND_HOLDER =
      """
      SELECT TOP (1) s.session_id, s.login_name, s.program_name,
        CASE WHEN s.login_time <= own.login_time THEN 1 ELSE 0 END,
        CASE WHEN s.original_login_name = own.original_login_name THEN 1 ELSE 0 END
      """
          + FROM_HOLDER
          + " ORDER BY CASE WHEN s.program_name = ? THEN 0 ELSE 1 END";

  @Override
  public Optional<LockHolder> findHolder(String key) throws SQLException {
    forgetErrors();
    try (PreparedStatement statement = connection.prepareStatement(FIND_HOLDER)) {
      running = statement;
      statement.setNString(1, LockNames.name(key, LONGEST_RESOURCE));
      statement.setNString(2, applicationName);
      try (ResultSet rows = statement.executeQuery()) {
        return LockHolder.first(rows);
      }
    } catch (SQLException e) {
      throw firstError == null ? e : firstError;
    } finally {
      running = null;
    }
  }

  /// One batch, because the server gives the numbers of ended sessions to new ones at once.
  private static final String END_HOLDER =
      "SET NOCOUNT ON; IF EXISTS (SELECT 1 "
          + FROM_HOLDER
          + " AND s.session_id = ? AND s.program_name = ?) "
          + """
          BEGIN
            EXEC (N'KILL %1$d');
            SELECT 1;
          END
          ELSE SELECT 0
          """;

  @Override
  public boolean endHolder(String key, LockHolder holder) throws SQLException {
    forgetErrors();
    try (PreparedStatement statement =
        connection.prepareStatement(END_HOLDER.formatted(holder.session()))) {
      running = statement;
      statement.setNString(1, LockNames.name(key, LONGEST_RESOURCE));
      statement.setLong(2, holder.session());
      statement.setNString(3, applicationName);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getInt(1) == 1;
      }
    } catch (SQLException e) {
      throw firstError == null ? e : firstError;
    } finally {
      running = null;
    }
  }

  @Override
  public String permissionToLook() {
    return "VIEW SERVER STATE (from SQL Server 2022 on VIEW SERVER PERFORMANCE STATE; Azure SQL"
        + " Database: VIEW DATABASE STATE)";
  }

  @Override
  public String permissionToEnd() {
    return "ALTER ANY CONNECTION (Azure SQL Database: KILL DATABASE CONNECTION)";
  }

  @Override
  public OneTransaction newTransaction() {
    return new SqlServerTransaction(connection);
  }

  @Override
  public Survey survey() throws SQLException {
    forgetErrors();
    try {
      return SqlServerSurvey.of(connection);
    } catch (SQLException e) {
      throw firstError == null ? e : firstError;
    }
  }

  private static final String PARSE_ONLY = "PARSEONLY";

  /// The setting takes effect when a batch is read, so that a batch which names it could be run all
  /// the same. And a server may take it and not heed it: that is tried out before each batch.
  @Override
  public boolean parse(String batch) throws SQLException {
    if (batch.toUpperCase(Locale.ROOT).contains(PARSE_ONLY) || !startReadingOnly()) {
      return false;
    }
    try {
      run(batch, new Witness());
      return true;
    } finally {
      if (!connection.isClosed()) {
        run("SET PARSEONLY OFF", new Witness());
      }
    }
  }

  private boolean startReadingOnly() throws SQLException {
    Witness witness = new Witness();
    try {
      run("SET PARSEONLY ON", witness);
    } catch (SQLException e) {
      if (connection.isClosed()) {
        throw e;
      }
      return false;
    }
    run("SELECT 1", witness);
    return !witness.sawSomething;
  }

  /// Notes whether anything was run.
  private static final class Witness implements BatchListener {

    private boolean sawSomething;

    @Override
    public void message(TargetMessage message) {}

    @Override
    public void rowCount(long rows) {
      sawSomething = true;
    }
  }

  @Override
  public void cancelStatement() throws SQLException {
    Statement statement = running;
    if (statement != null) {
      statement.cancel();
    }
  }

  /// Called by the driver on the running thread. `null` tells it that a message is dealt with. It
  /// has to see errors itself: the count of a statement whose error it does not know of looks like
  /// the end of all results.
  private @Nullable ISQLServerMessage receive(ISQLServerMessage message) {
    if (!message.isErrorMessage()) {
      accept(message.getSQLServerMessage());
      return null;
    }
    errors++;
    if (firstError == null) {
      firstError =
          new ServerError(message.getSQLServerMessage(), message.toSqlExceptionOrSqlWarning());
    } else {
      accept(message.getSQLServerMessage());
    }
    return message;
  }

  private void accept(SQLServerError error) {
    TargetMessage message =
        new TargetMessage(
            String.valueOf(error.getErrorSeverity()),
            error.getErrorNumber(),
            null,
            line(error),
            text(error));
    if (holding && held.size() == MOST_HELD) {
      deliverHeld();
    }
    if (holding) {
      held.add(message);
    } else {
      deliver(message);
    }
  }

  private void deliver(TargetMessage message) {
    BatchListener receiver = listener;
    if (receiver != null) {
      receiver.message(message);
    }
  }

  @Override
  public TargetError explain(SQLException failure) {
    return explainException(failure);
  }

  static TargetError explainException(SQLException failure) {
    SQLServerError error =
        switch (failure) {
          case ServerError own -> own.error;
          case SQLServerException theirs -> theirs.getSQLServerError();
          default -> null;
        };
    String state = failure.getSQLState();
    boolean lost = state != null && state.startsWith("08");
    if (error == null) {
      return new TargetError(
          lost ? TargetError.Kind.LOST : TargetError.Kind.STATEMENT,
          null,
          state,
          null,
          null,
          String.valueOf(failure.getMessage()),
          lost,
          TargetError.stackOf(failure));
    }
    int number = error.getErrorNumber();
    return new TargetError(
        TargetError.Kind.STATEMENT,
        number,
        state,
        error.getErrorSeverity(),
        line(error),
        text(error),
        SqlServerErrors.isTransient(number),
        TargetError.stackOf(failure));
  }

  /// The line of an error inside a procedure is a line of the procedure, not of the batch.
  private static @Nullable Integer line(SQLServerError error) {
    return isInProcedure(error) || error.getLineNumber() < 1 ? null : (int) error.getLineNumber();
  }

  private static String text(SQLServerError error) {
    String text = String.valueOf(error.getErrorMessage());
    return isInProcedure(error)
        ? text + " (procedure " + error.getProcedureName() + ", line " + error.getLineNumber() + ")"
        : text;
  }

  private static boolean isInProcedure(SQLServerError error) {
    String procedure = error.getProcedureName();
    return procedure != null && !procedure.isEmpty();
  }

  private static SQLException withSuppressed(SQLException first, SQLException later) {
    first.addSuppressed(later);
    return first;
  }
}
