package dev.edj.engine.rows;

import dev.edj.engine.TargetException;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// How one engine keeps tables of collected rows, spoken to through one connection; [JdbcRowStore]
/// adds what is the same for all.
sealed interface Destination permits PostgreSqlDestination, SqlServerDestination, MySqlDestination {

  /// The table that is meant; fails where there can be none of that name.
  TableName resolve(RowTable table) throws SQLException, TargetException;

  /// The table's columns in their order; empty when there is no such table.
  Optional<List<TableColumn>> describe(TableName table) throws SQLException;

  /// The columns as this engine's tables can have them: names cut to the length it allows, lengths
  /// as it counts them.
  ///
  /// @param server where they come from
  List<Column> adapted(List<Column> columns, String server);

  /// The type of a column that is created for such values.
  String typeName(ColumnType type);

  /// Whether the server takes two names of columns that are not equal for the same.
  boolean isSameName(String ofResult, String ofTable);

  /// Whether there is a type for moments with their zone.
  boolean keepsZones();

  /// Whether the server makes values of its every type from text.
  boolean readsEveryTypeFromText();

  /// Begins a transaction and takes a lock that ends with it; false, and no transaction, when the
  /// lock was not free in time.
  boolean begin(String lock) throws SQLException;

  void commit() throws SQLException;

  /// Ends the transaction, if there is still one, and gives the lock back.
  void rollBack() throws SQLException;

  /// Who holds a lock, as far as the server tells.
  Optional<String> findHolder(String lock) throws SQLException;

  /// The time, as [ColumnType.Kind#TIMESTAMP_WITH_ZONE].
  String now() throws SQLException;

  /// Creates a table, of which the first column gets an index.
  void create(TableName table, List<Column> columns) throws SQLException;

  /// Adds columns that may be NULL.
  ///
  /// @param indexed whether the first gets an index
  void add(TableName table, List<Column> columns, boolean indexed) throws SQLException;

  /// Deletes the rows of a child execution.
  void delete(TableName table, TableColumn executionId, UUID id) throws SQLException;

  /// Whether there are rows of a child execution.
  boolean contains(TableName table, TableColumn executionId, UUID id) throws SQLException;

  /// Writes rows that follow the layout.
  ///
  /// @param own the values of the columns that EDJ adds
  void insert(Layout layout, List<byte[]> own, RowSpool.SpooledRows rows)
      throws SQLException, IOException;

  /// A query for the rows of a child execution, whose id is its one parameter, ready to be read row
  /// by row until [#endReading].
  PreparedStatement prepareRead(TableName table, List<TableColumn> columns, TableColumn executionId)
      throws SQLException;

  void endReading() throws SQLException;
}
