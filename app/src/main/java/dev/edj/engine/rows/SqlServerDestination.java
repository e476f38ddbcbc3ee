package dev.edj.engine.rows;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import dev.edj.engine.LockNames;
import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowSpool.SpooledRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Tables in SQL Server, written by bulk copy, in portions.
final class SqlServerDestination implements Destination {

  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_RESOURCE = 255;
  private final Connection connection;
  private final Sql sql;
  private final WriteLimits limits;
  private final OwnSchema ownSchema;
  private @Nullable Boolean ignoresCase;

  SqlServerDestination(Connection connection, WriteLimits limits) throws SQLException {
    this.connection = connection;
    this.sql = new Sql(connection);
    this.ownSchema = new OwnSchema(sql, "SELECT SCHEMA_NAME()");
    this.limits = limits;
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    sql.execute("SET XACT_ABORT ON");
    sql.execute("SET LOCK_TIMEOUT " + limits.lockWait().toMillis());
  }

  @Override
  public TableName resolve(RowTable table) throws SQLException, TargetException {
    if (table.name().length() > LONGEST_NAME) {
      throw Fitting.refusal(
          "SQL Server has no table with a name as long as '%s' (%d characters at most)"
              .formatted(table.name(), LONGEST_NAME));
    }
    return new TableName(table.schema() == null ? ownSchema.name() : table.schema(), table.name());
  }

  private static final String DESCRIBE =
      """
      SELECT c.name, COALESCE(b.name, t.name), c.max_length, c.precision, c.scale,
        CASE WHEN c.is_nullable = 0 AND c.default_object_id = 0 AND c.is_identity = 0
          THEN 1 ELSE 0 END,
        CASE WHEN c.is_computed = 1 THEN 1 ELSE 0 END
      FROM sys.columns c
      JOIN sys.types t ON t.user_type_id = c.user_type_id
      LEFT JOIN sys.types b ON b.user_type_id = c.system_type_id
      WHERE c.object_id = OBJECT_ID(?)
      ORDER BY c.column_id
      """;

  @Override
  public Optional<List<TableColumn>> describe(TableName table) throws SQLException {
    List<TableColumn> columns =
        sql.list(
            SqlServerDestination::column, DESCRIBE, table.quoted(SqlServerDestination::quoted));
    return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
  }

  private static TableColumn column(ResultSet row) throws SQLException {
    String type = row.getString(2).toLowerCase(Locale.ROOT);
    int bytes = row.getInt(3);
    int precision = row.getInt(4);
    int scale = row.getInt(5);
    boolean rowVersion = type.equals("timestamp");
    return new TableColumn(
        row.getString(1),
        type(type, bytes, precision, scale),
        typeText(type, bytes, precision, scale),
        row.getInt(6) == 1 && !rowVersion,
        row.getInt(7) == 1 || rowVersion);
  }

  /// @param bytes -1 for `max`
  private static @Nullable ColumnType type(String name, int bytes, int precision, int scale) {
    return switch (name) {
      case "bit" -> ColumnType.of(Kind.BOOLEAN);
      case "tinyint", "smallint" -> ColumnType.of(Kind.SMALLINT);
      case "int" -> ColumnType.of(Kind.INTEGER);
      case "bigint" -> ColumnType.of(Kind.BIGINT);
      case "decimal", "numeric", "money", "smallmoney" -> ColumnType.decimal(precision, scale);
      case "real" -> ColumnType.of(Kind.REAL);
      case "float" -> ColumnType.of(Kind.DOUBLE);
      case "char", "varchar" -> ColumnType.text(bytes < 0 ? null : bytes);
      case "nchar", "nvarchar" -> ColumnType.text(bytes < 0 ? null : bytes / 2);
      case "text", "ntext" -> ColumnType.text(null);
      case "binary", "varbinary" -> ColumnType.binary(bytes < 0 ? null : bytes);
      case "image" -> ColumnType.binary(null);
      case "date" -> ColumnType.of(Kind.DATE);
      case "time" -> ColumnType.time(Kind.TIME, scale);
      case "smalldatetime", "datetime", "datetime2" -> ColumnType.time(Kind.TIMESTAMP, scale);
      case "datetimeoffset" -> ColumnType.time(Kind.TIMESTAMP_WITH_ZONE, scale);
      case "uniqueidentifier" -> ColumnType.of(Kind.UUID);
      case "xml" -> ColumnType.of(Kind.XML);
      case "json" -> ColumnType.of(Kind.JSON);
      default -> null;
    };
  }

  /// The type as it stands in a `CAST`. Others than the server's own are named by whoever made
  /// them.
  private static String typeText(String name, int bytes, int precision, int scale) {
    return switch (name) {
      case "decimal", "numeric" -> "%s(%d,%d)".formatted(name, precision, scale);
      case "char", "varchar", "binary", "varbinary" ->
          bytes < 0 ? name + "(max)" : "%s(%d)".formatted(name, bytes);
      case "nchar", "nvarchar" -> bytes < 0 ? name + "(max)" : "%s(%d)".formatted(name, bytes / 2);
      case "time", "datetime2", "datetimeoffset" -> "%s(%d)".formatted(name, scale);
      default -> type(name, bytes, precision, scale) == null ? quoted(name) : name;
    };
  }

  /// SQL Server counts the 16-bit units of its own text, of which some characters take two; all
  /// others count characters.
  @Override
  public List<Column> adapted(List<Column> columns, String server) {
    boolean countsUnits = isSqlServer(server);
    List<String> names =
        ColumnNames.unique(
            columns.stream().map(Column::name).toList(),
            (name, end) ->
                name.substring(0, Math.min(name.length(), LONGEST_NAME - end.length())) + end);
    List<Column> renamed = ColumnNames.renamed(columns, names);
    return countsUnits
        ? renamed
        : renamed.stream()
            .map(column -> new Column(column.name(), inUnits(column.type())))
            .toList();
  }

  private static boolean isSqlServer(String server) {
    try {
      return ServerName.parse(server).engine() instanceof SqlServer;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static ColumnType inUnits(ColumnType type) {
    Integer length = type.length();
    return type.kind() == Kind.TEXT && length != null ? ColumnType.text(2 * length) : type;
  }

  @Override
  public String typeName(ColumnType type) {
    return TypeNames.sqlServer(type);
  }

  /// As the database's collation has it.
  @Override
  public boolean isSameName(String ofResult, String ofTable) {
    return ignoresCase() && ofTable.equalsIgnoreCase(ofResult);
  }

  private boolean ignoresCase() {
    Boolean known = ignoresCase;
    if (known == null) {
      known = asksWhetherCaseIsIgnored();
      ignoresCase = known;
    }
    return known;
  }

  private boolean asksWhetherCaseIsIgnored() {
    try {
      return sql.lastValue("SELECT CASE WHEN N'a' = N'A' THEN 1 ELSE 0 END")
          .orElse("1")
          .equals("1");
    } catch (SQLException e) {
      return true; // what is wrong will show at the next statement
    }
  }

  @Override
  public boolean keepsZones() {
    return true;
  }

  @Override
  public boolean readsEveryTypeFromText() {
    return false;
  }

  @Override
  public boolean begin(String lock) throws SQLException {
    int outcome =
        Integer.parseInt(
            sql.lastValue(
                    """
                    BEGIN TRANSACTION;
                    DECLARE @outcome int;
                    EXEC @outcome = sys.sp_getapplock @Resource = N'%s', @LockMode = 'Exclusive',
                      @LockOwner = 'Transaction', @LockTimeout = %d, @DbPrincipal = 'public';
                    SELECT @outcome;
                    """
                        .formatted(resource(lock), limits.lockWait().toMillis()))
                .orElseThrow());
    if (outcome >= 0) {
      return true;
    }
    rollBack();
    // -1 time-out, -2 canceled, -3 deadlock, -999 other.
    if (outcome < -1) {
      throw new SQLException("sp_getapplock answered " + outcome);
    }
    return false;
  }

  private static String resource(String lock) {
    return LockNames.hashed(lock, LONGEST_RESOURCE);
  }

  @Override
  public void commit() throws SQLException {
    sql.execute("COMMIT TRANSACTION");
  }

  @Override
  public void rollBack() throws SQLException {
    sql.execute("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION");
  }

  private static final String FIND_HOLDER =
      """
      SELECT TOP (1)
        CONCAT('session ', s.session_id, ' of user ''', s.login_name, ''' (', s.program_name, ')')
      FROM sys.dm_tran_locks l
      JOIN sys.dm_exec_sessions s ON s.session_id = l.request_session_id
      WHERE l.resource_type = 'APPLICATION' AND l.request_status = 'GRANT'
        AND l.resource_database_id = DB_ID() AND s.session_id <> @@SPID
        AND CHARINDEX(N'[' + LEFT(?, 32) + N']', l.resource_description) > 0
      """;

  @Override
  public Optional<String> findHolder(String lock) throws SQLException {
    return sql.list(row -> row.getString(1), FIND_HOLDER, resource(lock)).stream().findFirst();
  }

  @Override
  public String now() throws SQLException {
    return sql.lastValue("SELECT CONVERT(varchar(30), SYSUTCDATETIME(), 121)").orElseThrow()
        + "+00:00";
  }

  @Override
  public void create(TableName table, List<Column> columns) throws SQLException {
    sql.execute(
        "CREATE TABLE %s (%s)"
            .formatted(
                table.quoted(SqlServerDestination::quoted),
                columns.stream().map(this::definition).collect(Collectors.joining(", "))));
    index(table, columns.getFirst());
  }

  @Override
  public void add(TableName table, List<Column> columns, boolean indexed) throws SQLException {
    sql.execute(
        "ALTER TABLE %s ADD %s"
            .formatted(
                table.quoted(SqlServerDestination::quoted),
                columns.stream().map(this::definition).collect(Collectors.joining(", "))));
    if (indexed) {
      index(table, columns.getFirst());
    }
  }

  private String definition(Column column) {
    return quoted(column.name()) + " " + typeName(column.type()) + " NULL";
  }

  private void index(TableName table, Column column) throws SQLException {
    sql.execute(
        "CREATE INDEX %s ON %s (%s)"
            .formatted(
                quoted(IndexName.of(table, LONGEST_NAME)),
                table.quoted(SqlServerDestination::quoted),
                quoted(column.name())));
  }

  @Override
  public void delete(TableName table, TableColumn executionId, UUID id) throws SQLException {
    String delete =
        "DELETE TOP (%d) FROM %s WHERE %s"
            .formatted(
                SqlServerRows.ROWS_OF_A_STATEMENT,
                table.quoted(SqlServerDestination::quoted),
                isParameter(executionId));
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setString(1, id.toString());
      while (statement.executeUpdate() == SqlServerRows.ROWS_OF_A_STATEMENT) {
        // There may be more.
      }
    }
  }

  @Override
  public boolean contains(TableName table, TableColumn executionId, UUID id) throws SQLException {
    String query =
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM %s WHERE %s) THEN 1 ELSE 0 END"
            .formatted(table.quoted(SqlServerDestination::quoted), isParameter(executionId));
    return sql.list(row -> row.getInt(1) == 1, query, id.toString()).getFirst();
  }

  /// The value in the column's own type, because the server would rather convert the column than
  /// the value.
  private static String isParameter(TableColumn executionId) {
    return quoted(executionId.name()) + " = " + parameter(executionId);
  }

  /// Rows go into a table of the session's first, because bulk copy does not convert text to dates
  /// and ids everywhere, and from there where they belong.
  @Override
  public void insert(Layout layout, List<byte[]> own, SpooledRows rows)
      throws SQLException, IOException {
    SqlServerRows source = new SqlServerRows(layout, rows);
    List<String> types = source.typeNames();
    sql.execute(
        "DROP TABLE IF EXISTS #edj_rows; CREATE TABLE #edj_rows (%s)"
            .formatted(names(types.size(), i -> "c%d %s NULL".formatted(i + 1, types.get(i)))));
    try (PreparedStatement move = connection.prepareStatement(move(layout, source))) {
      for (int i = 0; i < own.size(); i++) {
        move.setNString(i + 1, new String(own.get(i), StandardCharsets.UTF_8));
      }
      for (SqlServerRows.Portion portion = source.nextPortion();
          !portion.isEmpty();
          portion = source.nextPortion()) {
        copy(portion);
        move.execute();
      }
    }
    sql.execute("DROP TABLE #edj_rows");
  }

  private void copy(SqlServerRows.Portion portion) throws SQLException {
    SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
    options.setBulkCopyTimeout(0);
    options.setUseInternalTransaction(false); // there is one
    try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
      copy.setBulkCopyOptions(options);
      copy.setDestinationTableName("#edj_rows");
      copy.writeToServer(portion);
    }
  }

  private static String move(Layout layout, SqlServerRows source) {
    List<TableColumn> targets = layout.targets();
    IntFunction<String> value =
        i ->
            source.isSentAsText(i)
                ? "CAST(c%d AS %s)".formatted(i + 1, targets.get(layout.own() + i).typeName())
                : "c" + (i + 1);
    return """
    INSERT INTO %s (%s) SELECT %s, %s FROM #edj_rows;
    TRUNCATE TABLE #edj_rows
    """
        .formatted(
            layout.table().quoted(SqlServerDestination::quoted),
            names(targets),
            names(layout.own(), i -> parameter(targets.get(i))),
            names(targets.size() - layout.own(), value));
  }

  private static String parameter(TableColumn column) {
    return "CAST(? AS %s)".formatted(column.typeName());
  }

  private static String names(int count, IntFunction<String> name) {
    return IntStream.range(0, count).mapToObj(name).collect(Collectors.joining(", "));
  }

  private static String names(List<TableColumn> columns) {
    return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
  }

  @Override
  public PreparedStatement prepareRead(
      TableName table, List<TableColumn> columns, TableColumn executionId) throws SQLException {
    return connection.prepareStatement(
        "SELECT %s FROM %s WHERE %s"
            .formatted(
                names(columns),
                table.quoted(SqlServerDestination::quoted),
                isParameter(executionId)));
  }

  @Override
  public void endReading() {
    // Each query was a transaction of its own.
  }

  static String quoted(String name) {
    return "[" + name.replace("]", "]]") + "]";
  }
}
