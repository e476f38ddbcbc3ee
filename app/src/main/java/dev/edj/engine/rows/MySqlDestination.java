package dev.edj.engine.rows;

import dev.edj.engine.LockNames;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowSpool.SpooledRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tables in MySQL and MariaDB, written by statements of many rows each.
///
/// The lock is the server's and the session's, not the transaction's, so it is given back after the
/// transaction's end; a session that ends gives it back too.
final class MySqlDestination implements Destination {

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_LOCK_NAME = 64;
  private static final int NO_SUCH_TABLE = 1146;

  private final Connection connection;
  private final Sql sql;
  private final WriteLimits limits;
  private final String database;
  private final long mostBytes;
  private @Nullable String locked;

  MySqlDestination(Connection connection, WriteLimits limits) throws SQLException {
    this.connection = connection;
    this.sql = new Sql(connection);
    this.limits = limits;
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    sql.execute(settings());
    this.database = sql.lastValue("SELECT DATABASE()").orElse("");
    this.mostBytes = Long.parseLong(sql.lastValue("SELECT @@max_allowed_packet").orElseThrow());
  }

  /// A value that does not fit is an error, and a session that is silent for long is over.
  private String settings() throws SQLException {
    long silence = limits.silence().toSeconds();
    String settings =
        """
        SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
          SESSION time_zone = '+00:00', SESSION wait_timeout = %1$d, SESSION net_read_timeout = %1$d,
          SESSION innodb_lock_wait_timeout = %2$d, SESSION lock_wait_timeout = %2$d
        """
            .formatted(silence, wait(limits));
    return isMariaDb() ? settings + ", SESSION idle_transaction_timeout = " + silence : settings;
  }

  private boolean isMariaDb() throws SQLException {
    return connection.getMetaData().getDatabaseProductName().contains("MariaDB");
  }

  /// In whole seconds.
  private static long wait(WriteLimits limits) {
    return limits.lockWait().plusMillis(999).toSeconds();
  }

  @Override
  public TableName resolve(RowTable table) throws TargetException {
    if (table.schema() != null) {
      throw Fitting.refusal(
          "MySQL and MariaDB have no schemas: leave the destination's schema '%s' out"
              .formatted(table.schema()));
    }
    if (table.name().length() > LONGEST_NAME) {
      throw Fitting.refusal(
          "MySQL and MariaDB have no table with a name as long as '%s' (%d characters at most)"
              .formatted(table.name(), LONGEST_NAME));
    }
    return new TableName(null, table.name());
  }

  @Override
  public Optional<List<TableColumn>> describe(TableName table) throws SQLException {
    try {
      return Optional.of(
          sql.list(
              MySqlDestination::column,
              "SHOW COLUMNS FROM " + table.quoted(MySqlDestination::quoted)));
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static TableColumn column(ResultSet row) throws SQLException {
    String type = row.getString("Type");
    String extra = row.getString("Extra").toUpperCase(Locale.ROOT);
    boolean computed =
        Set.of(
                "VIRTUAL GENERATED",
                "STORED GENERATED",
                "PERSISTENT GENERATED",
                "VIRTUAL",
                "PERSISTENT")
            .contains(extra);
    boolean required =
        row.getString("Null").equals("NO")
            && row.getString("Default") == null
            && !extra.contains("AUTO_INCREMENT")
            && !extra.contains("DEFAULT_GENERATED")
            && !computed;
    return new TableColumn(
        row.getString("Field"), MySqlColumnType.parse(type), type, required, computed);
  }

  @Override
  public List<Column> adapted(List<Column> columns, String server) {
    List<String> names =
        ColumnNames.unique(
            columns.stream().map(column -> column.name().stripTrailing()).toList(),
            (name, end) ->
                name.substring(0, Math.min(name.length(), LONGEST_NAME - end.length()))
                        .stripTrailing()
                    + end);
    return ColumnNames.renamed(columns, names);
  }

  @Override
  public String typeName(ColumnType type) {
    return TypeNames.mySql(type);
  }

  @Override
  public boolean isSameName(String ofResult, String ofTable) {
    return ofTable.equalsIgnoreCase(ofResult);
  }

  @Override
  public boolean keepsZones() {
    return false;
  }

  @Override
  public boolean readsEveryTypeFromText() {
    return true;
  }

  @Override
  public boolean begin(String lock) throws SQLException {
    String name = lockName(lock);
    boolean obtained =
        sql.list(
                row -> row.getInt(1) == 1,
                "SELECT GET_LOCK(?, ?)",
                name,
                String.valueOf(wait(limits)))
            .getFirst();
    if (obtained) {
      locked = name;
      sql.execute("START TRANSACTION");
    }
    return obtained;
  }

  @Override
  public void commit() throws SQLException {
    sql.execute("COMMIT");
    unlock();
  }

  @Override
  public void rollBack() throws SQLException {
    sql.execute("ROLLBACK");
    unlock();
  }

  private void unlock() throws SQLException {
    String name = locked;
    locked = null;
    if (name != null) {
      sql.list(row -> row.getInt(1), "SELECT RELEASE_LOCK(?)", name);
    }
  }

  /// The locks of these engines belong to the server, so the database is part of the name.
  private String lockName(String lock) {
    return LockNames.hashed(database + "\n" + lock, LONGEST_LOCK_NAME);
  }

  private static final String FIND_HOLDER =
      """
      SELECT CONCAT('session ', ID, ' of user ''', USER, '''')
      FROM information_schema.PROCESSLIST WHERE ID = IS_USED_LOCK(?)
      """;

  @Override
  public Optional<String> findHolder(String lock) throws SQLException {
    return sql.list(row -> row.getString(1), FIND_HOLDER, lockName(lock)).stream().findFirst();
  }

  @Override
  public String now() throws SQLException {
    return sql.lastValue("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)").orElseThrow() + "+00:00";
  }

  @Override
  public void create(TableName table, List<Column> columns) throws SQLException {
    sql.execute(
        "CREATE TABLE IF NOT EXISTS %s (%s, KEY %s (%s)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4"
            .formatted(
                table.quoted(MySqlDestination::quoted),
                definitions(columns),
                quoted(IndexName.of(table, LONGEST_NAME)),
                quoted(columns.getFirst().name())));
  }

  @Override
  public void add(TableName table, List<Column> columns, boolean indexed) throws SQLException {
    String add =
        columns.stream()
            .map(column -> "ADD COLUMN " + definition(column, false))
            .collect(Collectors.joining(", "));
    String index =
        ", ADD KEY %s (%s)"
            .formatted(
                quoted(IndexName.of(table, LONGEST_NAME)), quoted(columns.getFirst().name()));
    sql.execute(
        "ALTER TABLE %s %s%s"
            .formatted(table.quoted(MySqlDestination::quoted), add, indexed ? index : ""));
  }

  /// A row may have 65,535 bytes, long texts not counted.
  private String definitions(List<Column> columns) {
    long bytes = columns.stream().mapToLong(column -> bytes(column.type())).sum();
    boolean wide = bytes > MOST_BYTES_OF_A_ROW;
    return columns.stream()
        .map(column -> definition(column, wide))
        .collect(Collectors.joining(", "));
  }

  private static final int MOST_BYTES_OF_A_ROW = 60_000;
  private static final int BYTES_OF_A_CHARACTER = 4;
  private static final int BYTES_OF_A_NUMBER = 30;

  private static long bytes(ColumnType type) {
    Integer length = type.length();
    return length == null ? BYTES_OF_A_NUMBER : (long) length * BYTES_OF_A_CHARACTER;
  }

  private String definition(Column column, boolean wide) {
    ColumnType type = column.type();
    boolean isText = type.kind() == Kind.TEXT || type.kind() == Kind.BINARY;
    ColumnType unlimited = new ColumnType(type.kind(), null, null, null);
    return quoted(column.name()) + " " + typeName(wide && isText ? unlimited : type) + " NULL";
  }

  @Override
  public void delete(TableName table, TableColumn executionId, UUID id) throws SQLException {
    String delete =
        "DELETE FROM %s WHERE %s = ?"
            .formatted(table.quoted(MySqlDestination::quoted), quoted(executionId.name()));
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setString(1, id.toString());
      statement.executeUpdate();
    }
  }

  @Override
  public boolean contains(TableName table, TableColumn executionId, UUID id) throws SQLException {
    String query =
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM %s WHERE %s = ?) THEN 1 ELSE 0 END"
            .formatted(table.quoted(MySqlDestination::quoted), quoted(executionId.name()));
    return sql.list(row -> row.getInt(1) == 1, query, id.toString()).getFirst();
  }

  @Override
  public void insert(Layout layout, List<byte[]> own, SpooledRows rows)
      throws SQLException, IOException {
    String insert =
        "INSERT INTO %s (%s) VALUES "
            .formatted(layout.table().quoted(MySqlDestination::quoted), names(layout.targets()));
    try (MySqlRows target = new MySqlRows(connection, insert, layout, mostBytes)) {
      target.write(own, rows);
    }
  }

  @Override
  public PreparedStatement prepareRead(
      TableName table, List<TableColumn> columns, TableColumn executionId) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE %s = ?"
                .formatted(
                    names(columns),
                    table.quoted(MySqlDestination::quoted),
                    quoted(executionId.name())));
    statement.setFetchSize(1); // row by row
    return statement;
  }

  @Override
  public void endReading() {
    // Each query was a transaction of its own.
  }

  private static String names(List<TableColumn> columns) {
    return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
