package dev.edj.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// SQL Server: DDL included. A script's own `BEGIN TRANSACTION` and `COMMIT` only count up and down
/// within it; one `COMMIT` too many, or a `ROLLBACK`, is told by a lock that belongs to the
/// transaction and goes with it. What the batch does behind it would be committed statement by
/// statement, were it not for `IMPLICIT_TRANSACTIONS`: it puts them into a transaction that nobody
/// commits. While a transaction is open the setting changes nothing.
final class SqlServerTransaction implements OneTransaction {

  /// 226: not allowed within a multi-statement transaction; 574: nor inside a user transaction;
  /// 3021: backup and restore.
  private static final Set<Integer> NOT_IN_A_TRANSACTION = Set.of(226, 574, 3021);

  /// `OUTPUT` tells how many rows were written, which `SET NOCOUNT ON` keeps quiet, and where the
  /// table has a trigger the server refuses it (error 334).
  private static final LedgerSql LEDGER =
      new LedgerSql(
          "edj.ledger",
          """
          SELECT CASE
            WHEN t.object_id IS NULL OR t.is_external = 1 OR t.is_memory_optimized = 1
              THEN 'it is not an ordinary table'
            WHEN EXISTS (SELECT 1 FROM sys.triggers r WHERE r.parent_id = o.object_id)
              THEN 'it has triggers'
            WHEN (s.principal_id = DATABASE_PRINCIPAL_ID()
                OR s.principal_id = DATABASE_PRINCIPAL_ID('dbo')
                OR s.principal_id = DATABASE_PRINCIPAL_ID('db_owner'))
              AND (o.principal_id IS NULL
                OR o.principal_id = DATABASE_PRINCIPAL_ID()
                OR o.principal_id = DATABASE_PRINCIPAL_ID('dbo')
                OR o.principal_id = DATABASE_PRINCIPAL_ID('db_owner'))
              THEN ''
            ELSE 'it or its schema belongs to somebody other than this login, dbo and db_owner' END
          FROM sys.objects o
          LEFT JOIN sys.schemas s ON s.schema_id = o.schema_id
          LEFT JOIN sys.tables t ON t.object_id = o.object_id
          WHERE o.object_id = OBJECT_ID(N'edj.ledger')
          """,
          List.of(
              "IF SCHEMA_ID(N'edj') IS NULL EXEC (N'CREATE SCHEMA edj')",
              """
              IF OBJECT_ID(N'edj.ledger') IS NULL
                CREATE TABLE edj.ledger (
                  execution_id UNIQUEIDENTIFIER NOT NULL PRIMARY KEY,
                  attempt      INT NOT NULL,
                  content      NVARCHAR(200) NOT NULL,
                  started_at   DATETIME2(0) NOT NULL,
                  ended_at     DATETIME2(0) NULL
                )
              """),
          """
          SELECT CASE
            WHEN HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), 'DATABASE', 'CREATE TABLE') = 0 THEN 0
            WHEN SCHEMA_ID(N'edj') IS NULL
              THEN HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), 'DATABASE', 'CREATE SCHEMA')
            ELSE HAS_PERMS_BY_NAME(N'edj', 'SCHEMA', 'ALTER') END
          """,
          """
          SELECT attempt, content, REPLACE(CONVERT(VARCHAR(19), ended_at, 120), ' ', 'T') + 'Z'
          FROM edj.ledger WHERE execution_id = CAST(? AS UNIQUEIDENTIFIER)
          """,
          """
          SELECT TOP (100) CAST(execution_id AS VARCHAR(36)) FROM edj.ledger WITH (READPAST)
          WHERE started_at < DATEADD(DAY, -90, SYSUTCDATETIME())
          ORDER BY execution_id
          """,
          "DELETE FROM edj.ledger WHERE execution_id = CAST(? AS UNIQUEIDENTIFIER)",
          """
          INSERT INTO edj.ledger (execution_id, attempt, content, started_at)
          OUTPUT 1 VALUES (CAST(? AS UNIQUEIDENTIFIER), ?, ?, SYSUTCDATETIME())
          """,
          """
          UPDATE edj.ledger SET ended_at = SYSUTCDATETIME() OUTPUT 1
          WHERE execution_id = CAST(? AS UNIQUEIDENTIFIER)
          """);

  private final Connection connection;
  private final String mark = "edj:transaction:" + UUID.randomUUID();
  private final String trace = "#edj_" + UUID.randomUUID().toString().replace('-', '_');
  private boolean watched;
  private String database = "";

  SqlServerTransaction(Connection connection) {
    this.connection = connection;
  }

  private static final String MARK =
      "EXEC sys.sp_getapplock @Resource = ?, @LockMode = 'Exclusive', @LockOwner = 'Transaction',"
          + " @LockTimeout = 0, @DbPrincipal = 'public'";

  @Override
  public void begin() throws SQLException {
    database = connection.getCatalog();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET IMPLICIT_TRANSACTIONS OFF; BEGIN TRANSACTION; SET IMPLICIT_TRANSACTIONS ON");
    }
    try (PreparedStatement statement = connection.prepareStatement(MARK)) {
      statement.setNString(1, mark);
      statement.execute();
    }
  }

  /// There is none that only reads.
  @Override
  public void beginReading() throws SQLException {
    begin();
  }

  @Override
  public Optional<String> refusal(String batch) {
    return Optional.empty();
  }

  @Override
  public boolean mayBeOpen() throws SQLException {
    return depth() > 0;
  }

  @Override
  public boolean isOpen() throws SQLException {
    goTo(database);
    return depthHere() == 1;
  }

  /// How many `BEGIN TRANSACTION` are open; 0 when the first of them is not ours. The mark is seen
  /// from its own database only, which a script may have left.
  private int depth() throws SQLException {
    String current = connection.getCatalog();
    goTo(database);
    int depth = depthHere();
    goTo(current);
    return depth;
  }

  private void goTo(String name) throws SQLException {
    if (!name.equals(connection.getCatalog())) {
      connection.setCatalog(name);
    }
  }

  /// Sets the setting again, because a script can take it back. Not prepared: that would lose the
  /// setting at once.
  private int depthHere() throws SQLException {
    String state =
        """
        SET IMPLICIT_TRANSACTIONS ON;
        SELECT CASE WHEN XACT_STATE() = 1 AND APPLOCK_MODE('public', N'%s', 'Transaction') = 'Exclusive'
          THEN @@TRANCOUNT ELSE 0 END
        """
            .formatted(mark);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(state)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public void commit() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("COMMIT TRANSACTION; SET IMPLICIT_TRANSACTIONS OFF");
    }
  }

  @Override
  public void checkDeferred() {
    // Nothing is put off to the commit.
  }

  private static final String ROLL_BACK =
      "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION; SET IMPLICIT_TRANSACTIONS OFF";

  /// A transaction that can only be rolled back any more is ours, too.
  @Override
  public Optional<String> rollBack() throws SQLException {
    boolean nothingKept = isOurs() || endedByServer();
    try (Statement statement = connection.createStatement()) {
      statement.execute(ROLL_BACK);
    }
    return nothingKept ? Optional.empty() : Optional.of(OVER);
  }

  /// A table that was made in the transaction is there after its commit, and gone after a rollback.
  @Override
  public void watch() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + trace + " (n INT)");
    }
    watched = true;
  }

  private boolean endedByServer() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT OBJECT_ID(N'tempdb..%s')".formatted(trace))) {
      row.next();
      return watched && row.getObject(1) == null;
    }
  }

  private boolean isOurs() throws SQLException {
    goTo(database);
    String ours =
        """
        SELECT CASE WHEN XACT_STATE() <> 0 AND APPLOCK_MODE('public', N'%s', 'Transaction') = 'Exclusive'
          THEN 1 ELSE 0 END
        """
            .formatted(mark);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ours)) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  @Override
  public boolean forbids(TargetError error) {
    Integer number = error.number();
    return number != null && NOT_IN_A_TRANSACTION.contains(number);
  }

  @Override
  public LedgerSql ledger() {
    return LEDGER;
  }
}
