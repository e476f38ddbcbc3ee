package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.IndexOptions;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Unmodelled;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Indexes, primary keys and unique constraints: for the server, all of them are indexes.
///
/// Those that are no trees of rows are no concern of this class; [Peculiarities] has them.
record Indexes(List<Owned> keys, List<DatabaseObject> others) {

  private record IndexId(int owner, int id) {}

  /// One row: a column of an index, and the index again.
  private record Part(IndexId index, Head head, String column, Use use, boolean ascending) {}

  private enum Use {
    KEY,
    INCLUDED,
    /// Only there because the index is partitioned by it.
    NEITHER
  }

  /// An index without its columns.
  private record Head(
      String name,
      boolean unique,
      boolean clustered,
      boolean primary,
      boolean constraint,
      boolean systemNamed,
      @Nullable String filter,
      IndexOptions options) {}

  /// Hypothetical indexes exist for a tuning tool only. What the automatic tuning of Azure SQL has
  /// created is left out too: the server drops it by itself where it is in the way.
  private static final String INDEXES =
      """
      SELECT i.object_id, i.index_id, i.name, i.type, i.is_unique, i.is_primary_key,
        i.is_unique_constraint, i.fill_factor, i.is_padded, i.filter_definition,
        k.is_system_named, s.no_recompute,
        ic.column_id, ic.key_ordinal, ic.is_included_column, ic.is_descending_key
      FROM sys.indexes i
      JOIN sys.objects o ON o.object_id = i.object_id
      JOIN sys.index_columns ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
      LEFT JOIN sys.key_constraints k ON k.parent_object_id = i.object_id AND k.name = i.name
      LEFT JOIN sys.stats s ON s.object_id = i.object_id AND s.stats_id = i.index_id
      WHERE (o.is_ms_shipped = 0 OR o.type = 'TT') AND i.type IN (1, 2) AND i.is_hypothetical = 0
        {not_automatic}
      ORDER BY i.object_id, i.index_id, ic.key_ordinal, ic.index_column_id
      """;

  static Indexes read(Scope scope) throws SQLException {
    String notAutomatic = scope.views().has("indexes.auto_created") ? "AND i.auto_created = 0" : "";
    String sql = INDEXES.replace("{not_automatic}", notAutomatic);
    Map<IndexId, List<Part>> byIndex = new LinkedHashMap<>();
    for (Part part : scope.query().rows(sql, row -> part(row, scope))) {
      byIndex.computeIfAbsent(part.index(), index -> new ArrayList<>()).add(part);
    }
    Indexes indexes = new Indexes(new ArrayList<>(), new ArrayList<>());
    byIndex.values().forEach(parts -> indexes.add(parts, scope));
    return indexes;
  }

  private static Part part(Row row, Scope scope) throws SQLException {
    int owner = row.number("object_id");
    Use use = row.number("key_ordinal") > 0 ? Use.KEY : Use.NEITHER;
    return new Part(
        new IndexId(owner, row.number("index_id")),
        head(row),
        scope.columns().name(owner, row.number("column_id")),
        row.flag("is_included_column") ? Use.INCLUDED : use,
        !row.flag("is_descending_key"));
  }

  private static Head head(Row row) throws SQLException {
    boolean primary = row.flag("is_primary_key");
    return new Head(
        row.text("name"),
        row.flag("is_unique"),
        row.number("type") == 1,
        primary,
        primary || row.flag("is_unique_constraint"),
        row.flag("is_system_named"),
        row.textOrNull("filter_definition"),
        new IndexOptions(
            row.number("fill_factor"), row.flag("is_padded"), !row.flag("no_recompute")));
  }

  private void add(List<Part> parts, Scope scope) {
    IndexId id = parts.getFirst().index();
    Head head = parts.getFirst().head();
    Named owner = scope.names().find(id.owner()).orElse(null);
    if (owner == null) {
      return;
    }
    if (head.constraint()) {
      keys.add(new Owned(owner, key(owner, head, parts)));
    } else if (owner.isTableType()) {
      others.add(
          new Unmodelled(
              owner.name().child(head.name()), "index of a table type", Set.of(owner.name())));
    } else {
      others.add(index(owner, head, parts, scope.dependencies().ofIndex(id.owner(), id.id())));
    }
  }

  private static KeyConstraint key(Named owner, Head head, List<Part> parts) {
    return new KeyConstraint(
        Owned.name(owner, head.name()),
        owner.isTableType() || head.systemNamed(),
        head.primary() ? ObjectType.PRIMARY_KEY : ObjectType.UNIQUE,
        owner.name(),
        head.clustered(),
        keyColumns(parts),
        head.options());
  }

  private static List<KeyColumn> keyColumns(List<Part> parts) {
    return parts.stream()
        .filter(part -> part.use() == Use.KEY)
        .map(part -> new KeyColumn(part.column(), part.ascending()))
        .toList();
  }

  private static Index index(
      Named owner, Head head, List<Part> parts, Set<ObjectName> filterReferences) {
    return new Index(
        owner.name().child(head.name()),
        owner.name(),
        head.unique(),
        head.clustered(),
        keyColumns(parts),
        parts.stream().filter(part -> part.use() == Use.INCLUDED).map(Part::column).toList(),
        head.filter(),
        head.options(),
        filterReferences);
  }
}
