package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Unmodelled;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is special about tables, columns and indexes, and would be lost if they were made again
/// from their records.
final class Peculiarities {

  /// Something special about a row of one catalog view.
  ///
  /// @param what for people
  /// @param needs a column, or a view, that not every server has; without it nothing is so
  /// @param condition of T-SQL
  private record Peculiarity(String what, String needs, String condition) {}

  /// The server's own filegroup for what names none.
  private static final String DEFAULT_FILEGROUP =
      "(SELECT f.data_space_id FROM sys.data_spaces f WHERE f.type = 'FG' AND f.is_default = 1)";

  private static final List<Peculiarity> OF_TABLES =
      List.of(
          of("memory-optimised table", "tables.is_memory_optimized", "t.is_memory_optimized = 1"),
          of("temporal table", "tables.temporal_type", "t.temporal_type <> 0"),
          of("external table", "tables.is_external", "t.is_external = 1"),
          of("graph table", "tables.is_node", "t.is_node = 1 OR t.is_edge = 1"),
          of("ledger table", "tables.ledger_type", "t.ledger_type <> 0"),
          of("FileTable", "tables.is_filetable", "t.is_filetable = 1"),
          of(
              "table stretched to Azure",
              "tables.is_remote_data_archive_enabled",
              "t.is_remote_data_archive_enabled = 1"),
          of(
              "table with change data capture",
              "tables.is_tracked_by_cdc",
              "t.is_tracked_by_cdc = 1"),
          of(
              "replicated table",
              "tables",
              "t.is_replicated = 1 OR t.is_published = 1 OR t.is_schema_published = 1"
                  + " OR t.is_merge_published = 1 OR t.is_sync_tran_subscribed = 1"),
          of("table with LOCK_ESCALATION", "tables.lock_escalation", "t.lock_escalation <> 0"),
          of("table with rows of text in them", "tables", "t.text_in_row_limit <> 0"),
          of("table with large values out of row", "tables", "t.large_value_types_out_of_row = 1"),
          of("table with FILESTREAM", "tables", "t.filestream_data_space_id <> 0"),
          of(
              "table with large values in another filegroup",
              "data_spaces",
              "t.lob_data_space_id <> 0 AND t.lob_data_space_id <> " + DEFAULT_FILEGROUP));

  private static final List<Peculiarity> OF_COLUMNS =
      List.of(
          of("FILESTREAM column", "columns.is_filestream", "c.is_filestream = 1"),
          of("column set", "columns.is_column_set", "c.is_column_set = 1"),
          of("column of a period", "columns.generated_always_type", "c.generated_always_type <> 0"),
          of("hidden column", "columns.is_hidden", "c.is_hidden = 1"),
          of("encrypted column", "columns.encryption_type", "c.encryption_type IS NOT NULL"),
          of("vector column", "columns.vector_dimensions", "c.vector_dimensions IS NOT NULL"),
          of("typed XML column", "columns.xml_collection_id", "c.xml_collection_id <> 0"),
          of("column with a bound rule", "columns.rule_object_id", "c.rule_object_id <> 0"),
          of(
              "column with a bound default",
              "default_constraints",
              "c.default_object_id <> 0 AND c.is_computed = 0 AND NOT EXISTS ("
                  + "SELECT 1 FROM sys.default_constraints d"
                  + " WHERE d.object_id = c.default_object_id)"));

  private static final List<Peculiarity> OF_INDEXES =
      List.of(
          of("XML index", "indexes", "i.type = 3"),
          of("spatial index", "indexes", "i.type = 4"),
          of("columnstore index", "indexes", "i.type IN (5, 6)"),
          of("hash index", "indexes", "i.type = 7"),
          of("index of a kind of its own", "indexes", "i.type > 7"),
          of("index with IGNORE_DUP_KEY", "indexes", "i.ignore_dup_key = 1"),
          of(
              "index without row locks or page locks",
              "indexes",
              "i.type IN (1, 2) AND (i.allow_row_locks = 0 OR i.allow_page_locks = 0)"),
          of("disabled index", "indexes", "i.is_disabled = 1"),
          of("hypothetical index", "indexes", "i.is_hypothetical = 1"),
          of(
              "index with OPTIMIZE_FOR_SEQUENTIAL_KEY",
              "indexes.optimize_for_sequential_key",
              "i.optimize_for_sequential_key = 1"),
          of(
              "index with SUPPRESS_MESSAGES",
              "indexes.suppress_dup_key_messages",
              "i.suppress_dup_key_messages = 1"),
          of(
              "partitioned table or index",
              "partition_schemes",
              "i.data_space_id IN (SELECT s.data_space_id FROM sys.partition_schemes s)"),
          of(
              "table or index in another filegroup",
              "filegroups",
              "i.data_space_id <> "
                  + DEFAULT_FILEGROUP
                  + " AND i.data_space_id IN (SELECT g.data_space_id FROM sys.filegroups g)"));

  private static final List<Peculiarity> OF_PARTITIONS =
      List.of(
          of(
              "compressed table or index",
              "partitions.data_compression",
              "p.data_compression IN (1, 2)"),
          of(
              "table or index with compressed XML",
              "partitions.xml_compression",
              "p.xml_compression = 1"));

  private static Peculiarity of(String what, String needs, String condition) {
    return new Peculiarity(what, needs, condition);
  }

  private Peculiarities() {}

  /// Every view is read once, however much may be special about its rows. What asked another view
  /// about each row would take as long as reading it so often.
  private static final String PECULIARITIES =
      """
      SELECT t.object_id, NULL AS name, v.what
      FROM sys.tables t
      CROSS APPLY ({of_tables}) v
      UNION ALL
      SELECT c.object_id, c.name, v.what
      FROM sys.columns c
      JOIN sys.objects o ON o.object_id = c.object_id AND o.type = 'U'
      CROSS APPLY ({of_columns}) v
      UNION ALL
      SELECT i.object_id, i.name, v.what
      FROM sys.indexes i
      CROSS APPLY ({of_indexes}) v
      UNION ALL
      SELECT DISTINCT i.object_id, i.name, v.what
      FROM sys.partitions p
      JOIN sys.indexes i ON i.object_id = p.object_id AND i.index_id = p.index_id
      CROSS APPLY ({of_partitions}) v
      """;

  private static final String ONE =
      """
        SELECT N'{what}' AS what
        WHERE {condition}
      """;

  static List<Unmodelled> read(Scope scope) throws SQLException {
    String sql =
        PECULIARITIES
            .replace("{of_tables}", those(OF_TABLES, scope))
            .replace("{of_columns}", those(OF_COLUMNS, scope))
            .replace("{of_indexes}", those(OF_INDEXES, scope))
            .replace("{of_partitions}", those(OF_PARTITIONS, scope));
    return scope.query().rows(sql, row -> unmodelled(row, scope)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static String those(List<Peculiarity> peculiarities, Scope scope) {
    return peculiarities.stream()
        .filter(peculiarity -> scope.views().has(peculiarity.needs()))
        .map(Peculiarities::select)
        .collect(Collectors.joining("  UNION ALL\n"));
  }

  private static String select(Peculiarity peculiarity) {
    return ONE.replace("{what}", peculiarity.what())
        .replace("{condition}", peculiarity.condition());
  }

  private static Optional<Unmodelled> unmodelled(Row row, Scope scope) throws SQLException {
    String name = row.textOrNull("name");
    String what = row.text("what");
    return scope.names().find(row.number("object_id")).map(owner -> unmodelled(owner, name, what));
  }

  private static Unmodelled unmodelled(Named owner, @Nullable String name, String what) {
    ObjectName full = name == null ? owner.name() : owner.name().child(name);
    return new Unmodelled(full, what, Dependencies.with(Set.of(full), owner.name()));
  }
}
