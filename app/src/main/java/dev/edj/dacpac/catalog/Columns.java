package dev.edj.dacpac.catalog;

import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DataType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The columns of all tables, views, functions and table types, by their object's id and their own.
record Columns(Map<Integer, TreeMap<Integer, Found>> byOwner) {

  /// A column of one object.
  ///
  /// @param id which says its place; ids have gaps
  /// @param column a computed one still refers to nothing: what it refers to is read later
  record Found(int owner, int id, Column column) {}

  private static final String COLUMNS =
      """
      SELECT c.object_id, c.column_id, c.name, c.user_type_id, c.max_length, c.precision, c.scale,
        c.is_nullable, c.is_rowguidcol, c.is_sparse, c.collation_name,
        CAST(i.seed_value AS DECIMAL(38, 0)) AS seed,
        CAST(i.increment_value AS DECIMAL(38, 0)) AS increment,
        i.is_not_for_replication, k.definition, k.is_persisted, {masking_function} AS masking_function
      FROM sys.columns c
      JOIN sys.objects o ON o.object_id = c.object_id
      LEFT JOIN sys.identity_columns i
        ON i.object_id = c.object_id AND i.column_id = c.column_id
      LEFT JOIN sys.computed_columns k
        ON k.object_id = c.object_id AND k.column_id = c.column_id
      {masks}
      WHERE o.is_ms_shipped = 0 OR o.type = 'TT'
      """;

  private static final String MASKS =
      """
      LEFT JOIN sys.masked_columns m
        ON m.object_id = c.object_id AND m.column_id = c.column_id AND m.is_masked = 1
      """;

  static Columns read(Query query, SystemViews views, Types types, String collation)
      throws SQLException {
    boolean masks = views.has("masked_columns");
    String sql =
        COLUMNS
            .replace("{masking_function}", masks ? "m.masking_function" : "NULL")
            .replace("{masks}", masks ? MASKS : "");
    Columns columns = new Columns(new HashMap<>());
    query.rows(sql, row -> found(row, types, collation)).forEach(columns::add);
    return columns;
  }

  private void add(Found found) {
    byOwner.computeIfAbsent(found.owner(), owner -> new TreeMap<>()).put(found.id(), found);
  }

  private static Found found(Row row, Types types, String collation) throws SQLException {
    String expression = row.textOrNull("definition");
    return new Found(
        row.number("object_id"),
        row.number("column_id"),
        expression == null ? simple(row, types, collation) : computed(row, expression));
  }

  private static Column simple(Row row, Types types, String collation) throws SQLException {
    DataType type =
        types.of(
            row.number("user_type_id"),
            row.number("max_length"),
            row.number("precision"),
            row.number("scale"));
    return new Column.Simple(
        row.text("name"),
        type,
        row.flag("is_nullable"),
        identity(row),
        row.flag("is_rowguidcol"),
        row.flag("is_sparse"),
        otherThan(collation, row.textOrNull("collation_name")),
        row.textOrNull("masking_function"));
  }

  private static Column.@Nullable Identity identity(Row row) throws SQLException {
    BigDecimal seed = row.decimalOrNull("seed");
    BigDecimal increment = row.decimalOrNull("increment");
    return seed == null || increment == null
        ? null
        : new Column.Identity(seed, increment, row.flag("is_not_for_replication"));
  }

  private static @Nullable String otherThan(String ofDatabase, @Nullable String ofColumn) {
    return ofColumn == null || ofColumn.equalsIgnoreCase(ofDatabase) ? null : ofColumn;
  }

  /// The catalog does not keep whether a persisted column was declared `NOT NULL` or is so by what
  /// it calculates: of both it says that it holds no nulls.
  private static Column computed(Row row, String expression) throws SQLException {
    boolean persisted = row.flag("is_persisted");
    return new Column.Computed(
        row.text("name"), expression, persisted, !persisted || row.flag("is_nullable"), Set.of());
  }

  /// In the object's order.
  Collection<Found> of(int owner) {
    TreeMap<Integer, Found> columns = byOwner.get(owner);
    return columns == null ? List.of() : columns.values();
  }

  String name(int owner, int id) throws SQLException {
    TreeMap<Integer, Found> columns = byOwner.get(owner);
    Found found = columns == null ? null : columns.get(id);
    if (found == null) {
      throw Meanwhile.gone("the column %d of the object %d".formatted(id, owner));
    }
    return found.column().name();
  }
}
