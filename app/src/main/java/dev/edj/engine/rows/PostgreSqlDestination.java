package dev.edj.engine.rows;

import dev.edj.engine.LockNames;
import dev.edj.engine.Portions;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowSpool.SpooledRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/// Tables in PostgreSQL, written by `COPY`. As in all that runs with a login's rights, types,
/// functions and operators are named with their schema: a `search_path` may put others before them.
final class PostgreSqlDestination implements Destination {

  private static final int LONGEST_NAME_BYTES = 63;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /// After its holder was ended.
  private static final Duration SECOND_WAIT = Duration.ofSeconds(5);

  /// Types whose names are not words of the grammar, and could be somebody else's.
  private static final Set<String> NAMES_OF_THE_CATALOG =
      Set.of("text", "bytea", "date", "uuid", "json", "xml", "timestamptz");

  private final Connection connection;
  private final Sql sql;
  private final WriteLimits limits;
  private final OwnSchema ownSchema;

  PostgreSqlDestination(Connection connection, WriteLimits limits) {
    this.connection = connection;
    this.sql = new Sql(connection);
    this.ownSchema = new OwnSchema(sql, "SELECT pg_catalog.current_schema()");
    this.limits = limits;
  }

  @Override
  public TableName resolve(RowTable table) throws SQLException, TargetException {
    for (String name :
        table.schema() == null ? List.of(table.name()) : List.of(table.schema(), table.name())) {
      if (bytes(name) > LONGEST_NAME_BYTES) {
        throw Fitting.refusal(
            "PostgreSQL cuts the name '%s', which has more than %d bytes"
                .formatted(name, LONGEST_NAME_BYTES));
      }
    }
    return new TableName(table.schema() == null ? ownSchema.name() : table.schema(), table.name());
  }

  private static final String DESCRIBE =
      """
      SELECT a.attname, b.typname,
        CASE WHEN t.typtype OPERATOR(pg_catalog.=) 'd' THEN t.typtypmod ELSE a.atttypmod END,
        pg_catalog.format_type(a.atttypid, a.atttypmod),
        (a.attnotnull OR t.typnotnull) AND NOT a.atthasdef AND t.typdefault IS NULL
          AND a.attidentity OPERATOR(pg_catalog.=) '',
        a.attgenerated OPERATOR(pg_catalog.<>) ''
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
      JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) a.atttypid
      JOIN pg_catalog.pg_type b ON b.oid OPERATOR(pg_catalog.=)
        CASE WHEN t.typtype OPERATOR(pg_catalog.=) 'd' THEN t.typbasetype ELSE t.oid END
      WHERE n.nspname OPERATOR(pg_catalog.=) ? AND c.relname OPERATOR(pg_catalog.=) ?
        AND c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p', 'v', 'f']::pg_catalog."char"[])
        AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  @Override
  public Optional<List<TableColumn>> describe(TableName table) throws SQLException {
    List<TableColumn> columns =
        sql.list(
            PostgreSqlDestination::column, DESCRIBE, String.valueOf(table.schema()), table.name());
    return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
  }

  private static TableColumn column(ResultSet row) throws SQLException {
    return new TableColumn(
        row.getString(1),
        PostgreSqlResult.findInCatalog(row.getString(2), row.getInt(3)).orElse(null),
        row.getString(4),
        row.getBoolean(5),
        row.getBoolean(6));
  }

  @Override
  public List<Column> adapted(List<Column> columns, String server) {
    List<String> names =
        ColumnNames.unique(
            columns.stream().map(Column::name).toList(),
            (name, end) -> cut(name, LONGEST_NAME_BYTES - bytes(end)) + end);
    return ColumnNames.renamed(columns, names);
  }

  @Override
  public String typeName(ColumnType type) {
    return TypeNames.postgreSql(type);
  }

  /// A name without quotes is in lower case.
  @Override
  public boolean isSameName(String ofResult, String ofTable) {
    return ofTable.equals(ofResult.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean keepsZones() {
    return true;
  }

  @Override
  public boolean readsEveryTypeFromText() {
    return true;
  }

  @Override
  public boolean begin(String lock) throws SQLException {
    return tryBegin(lock, limits.lockWait())
        || (endSilentHolder(lock) && tryBegin(lock, SECOND_WAIT));
  }

  private boolean tryBegin(String lock, Duration wait) throws SQLException {
    try {
      sql.execute(
          """
          BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
          SET LOCAL idle_in_transaction_session_timeout = %d;
          SET LOCAL statement_timeout = %d;
          SET LOCAL lock_timeout = %d;
          SELECT pg_catalog.pg_advisory_xact_lock(%d)
          """
              .formatted(
                  limits.silence().toMillis(),
                  limits.statement().toMillis(),
                  wait.toMillis(),
                  LockNames.number(lock)));
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        rollBack();
        return false;
      }
      throw e;
    }
  }

  @Override
  public void commit() throws SQLException {
    sql.execute("COMMIT");
  }

  @Override
  public void rollBack() throws SQLException {
    sql.execute("ROLLBACK");
  }

  /// The lock's number in halves, as the catalog lists it.
  private static final String FROM_HOLDER =
      """
      FROM pg_catalog.pg_locks l
      JOIN pg_catalog.pg_stat_activity a ON a.pid OPERATOR(pg_catalog.=) l.pid
      JOIN pg_catalog.pg_stat_activity own
        ON own.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
      WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.granted
        AND l.objsubid OPERATOR(pg_catalog.=) 1 AND l.database OPERATOR(pg_catalog.=) own.datid
        AND l.classid OPERATOR(pg_catalog.=) CAST(? AS pg_catalog.oid)
        AND l.objid OPERATOR(pg_catalog.=) CAST(? AS pg_catalog.oid)
      """;

  private static final String FIND_HOLDER =
      "SELECT pg_catalog.format('session %s of user ''%s'' (%s)', a.pid, a.usename, a.application_name) "
          + FROM_HOLDER;

  @Override
  public Optional<String> findHolder(String lock) throws SQLException {
    return sql.list(row -> row.getString(1), FIND_HOLDER, high(lock), low(lock)).stream()
        .findFirst();
  }

  /// A writer that fell silent in the middle of a `COPY` is ended by none of the server's limits.
  /// Only one like this session is ended, which has waited for its client for too long.
  private static final String END_SILENT_HOLDER =
      "SELECT pg_catalog.pg_terminate_backend(a.pid) "
          + FROM_HOLDER
          + """
            AND a.usesysid OPERATOR(pg_catalog.=) own.usesysid
            AND a.application_name OPERATOR(pg_catalog.=) own.application_name
            AND a.state OPERATOR(pg_catalog.=) 'active'
            AND a.wait_event OPERATOR(pg_catalog.=) 'ClientRead'
            AND a.query_start OPERATOR(pg_catalog.<)
              (pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) CAST(? AS pg_catalog.interval))
          """;

  private boolean endSilentHolder(String lock) throws SQLException {
    String silence = limits.silence().toMillis() + " milliseconds";
    return !sql.list(row -> row.getBoolean(1), END_SILENT_HOLDER, high(lock), low(lock), silence)
        .isEmpty();
  }

  private static String high(String lock) {
    return String.valueOf(LockNames.number(lock) >>> 32);
  }

  private static String low(String lock) {
    return String.valueOf(LockNames.number(lock) & 0xFFFF_FFFFL);
  }

  private static final String NOW =
      """
      SELECT pg_catalog.to_char(
        pg_catalog.timezone('UTC', pg_catalog.clock_timestamp()), 'YYYY-MM-DD HH24:MI:SS.US"+00:00"')
      """;

  @Override
  public String now() throws SQLException {
    return sql.lastValue(NOW).orElseThrow();
  }

  @Override
  public void create(TableName table, List<Column> columns) throws SQLException {
    sql.execute(
        "CREATE TABLE IF NOT EXISTS %s (%s)"
            .formatted(
                table.quoted(PostgreSqlDestination::quoted),
                columns.stream().map(this::definition).collect(Collectors.joining(", "))));
    index(table, columns.getFirst());
  }

  @Override
  public void add(TableName table, List<Column> columns, boolean indexed) throws SQLException {
    sql.execute(
        "ALTER TABLE %s %s"
            .formatted(
                table.quoted(PostgreSqlDestination::quoted),
                columns.stream()
                    .map(column -> "ADD COLUMN IF NOT EXISTS " + definition(column))
                    .collect(Collectors.joining(", "))));
    if (indexed) {
      index(table, columns.getFirst());
    }
  }

  private String definition(Column column) {
    String type = typeName(column.type());
    boolean ofCatalog = NAMES_OF_THE_CATALOG.contains(type.split("\\(", 2)[0]);
    return quoted(column.name()) + " " + (ofCatalog ? "pg_catalog." : "") + type;
  }

  private void index(TableName table, Column column) throws SQLException {
    sql.execute(
        "CREATE INDEX %s ON %s (%s)"
            .formatted(
                quoted(freeName(table)),
                table.quoted(PostgreSqlDestination::quoted),
                quoted(column.name())));
  }

  private static final String COUNT_RELATIONS =
      """
      SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
      WHERE n.nspname OPERATOR(pg_catalog.=) ? AND c.relname OPERATOR(pg_catalog.=) ?
      """;

  /// A table that was renamed keeps the name of its index, which is the schema's only one.
  private String freeName(TableName table) throws SQLException {
    for (int number = 1; ; number++) {
      String end = IndexName.END + (number == 1 ? "" : "_" + number);
      String name = cut(IndexName.BEGIN + table.name(), LONGEST_NAME_BYTES - bytes(end)) + end;
      String there =
          sql.list(row -> row.getString(1), COUNT_RELATIONS, String.valueOf(table.schema()), name)
              .getFirst();
      if (there.equals("0")) {
        return name;
      }
    }
  }

  @Override
  public void delete(TableName table, TableColumn executionId, UUID id) throws SQLException {
    String delete =
        "DELETE FROM %s WHERE %s"
            .formatted(table.quoted(PostgreSqlDestination::quoted), isParameter(executionId));
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setString(1, id.toString());
      statement.executeUpdate();
    }
  }

  @Override
  public boolean contains(TableName table, TableColumn executionId, UUID id) throws SQLException {
    String query =
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM %s WHERE %s) THEN 1 ELSE 0 END"
            .formatted(table.quoted(PostgreSqlDestination::quoted), isParameter(executionId));
    return sql.list(row -> row.getInt(1) == 1, query, id.toString()).getFirst();
  }

  private static String isParameter(TableColumn executionId) {
    ColumnType type = executionId.type();
    boolean isUuid = type != null && type.kind() == Kind.UUID;
    return "%s OPERATOR(pg_catalog.=) CAST(? AS pg_catalog.%s)"
        .formatted(quoted(executionId.name()), isUuid ? "uuid" : "text");
  }

  @Override
  public void insert(Layout layout, List<byte[]> own, SpooledRows rows)
      throws SQLException, IOException {
    CopyText copy = new CopyText(connection.unwrap(PGConnection.class), command(layout));
    try {
      PostgreSqlRows.of(layout, copy).write(own, rows);
      copy.endPortion();
    } catch (SQLException | IOException | RuntimeException e) {
      cancel(copy, e);
      throw e;
    }
  }

  private static String command(Layout layout) {
    return "COPY %s (%s) FROM STDIN WITH (FORMAT text, ENCODING 'UTF8')"
        .formatted(layout.table().quoted(PostgreSqlDestination::quoted), names(layout.targets()));
  }

  private void cancel(CopyText copy, Exception failure) {
    try {
      if (!connection.isClosed()) {
        copy.cancel();
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public PreparedStatement prepareRead(
      TableName table, List<TableColumn> columns, TableColumn executionId) throws SQLException {
    connection.setAutoCommit(false); // rows are fetched in portions in a transaction only
    PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE %s"
                .formatted(
                    names(columns),
                    table.quoted(PostgreSqlDestination::quoted),
                    isParameter(executionId)));
    statement.unwrap(PGStatement.class).setPrepareThreshold(0); // always text, never binary
    statement.setFetchSize(Portions.FIRST);
    return statement;
  }

  @Override
  public void endReading() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  private static String names(List<TableColumn> columns) {
    return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// As many whole characters as fit.
  static String cut(String name, int most) {
    int end = 0;
    int bytes = 0;
    while (end < name.length()) {
      int next = name.offsetByCodePoints(end, 1);
      bytes += bytes(name.substring(end, next));
      if (bytes > most) {
        break;
      }
      end = next;
    }
    return name.substring(0, end);
  }
}
