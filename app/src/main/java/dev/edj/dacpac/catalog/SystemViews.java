package dev.edj.dacpac.catalog;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which catalog views the server has, and which columns they have. Versions of SQL Server differ
/// in that, and a statement that names what is not there fails as a whole. Of a kind of objects
/// that a server has no view for, there is none.
record SystemViews(Map<String, Set<String>> columnsByView) {

  private static final String COLUMNS =
      """
      SELECT v.name AS view_name, c.name AS column_name
      FROM sys.all_objects v
      JOIN sys.all_columns c ON c.object_id = v.object_id
      WHERE v.type = 'V' AND v.is_ms_shipped = 1 AND SCHEMA_NAME(v.schema_id) = N'sys'
        AND v.name NOT LIKE N'dm[_]%'
      """;

  static SystemViews ask(Query query) throws SQLException {
    Map<String, Set<String>> columnsByView = new HashMap<>();
    query.rows(
        COLUMNS,
        row ->
            columnsByView
                .computeIfAbsent(folded(row.text("view_name")), view -> new HashSet<>())
                .add(folded(row.text("column_name"))));
    return new SystemViews(columnsByView);
  }

  /// @param name of a view, or of a column as `view.column`
  boolean has(String name) {
    String[] parts = name.split("\\.", 2);
    Set<String> columns = columnsByView.getOrDefault(parts[0], Set.of());
    return parts.length == 1 ? !columns.isEmpty() : columns.contains(parts[1]);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
