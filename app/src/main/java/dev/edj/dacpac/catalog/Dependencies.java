package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.file.ObjectName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What refers to what, as far as it is in this database.
final class Dependencies {

  private static final int OBJECT_OR_COLUMN = 1;
  private static final int TYPE = 6;
  private static final int INDEX = 7;

  /// What refers to something: an object, a computed column, or the filter of an index.
  private record Referrer(int referrerClass, int id, int minorId) {}

  private record Reference(Referrer referrer, ObjectName name, boolean schemaBound) {}

  /// The second half is there because parameters of user-defined types are not all in the first.
  private static final String DEPENDENCIES =
      """
      SELECT d.referencing_class, d.referencing_id, d.referencing_minor_id,
        d.is_schema_bound_reference, d.referenced_class, d.referenced_schema_name,
        d.referenced_entity_name, d.referenced_id, d.referenced_minor_id
      FROM sys.sql_expression_dependencies d
      WHERE d.referenced_server_name IS NULL
        AND (d.referenced_database_name IS NULL OR d.referenced_database_name = DB_NAME())
      UNION ALL
      SELECT 1, p.object_id, 0, CAST(1 AS BIT), 6, NULL, NULL, p.user_type_id, 0
      FROM sys.all_parameters p
      JOIN sys.types t ON t.user_type_id = p.user_type_id
      WHERE t.is_user_defined = 1
      """;

  private final Map<Referrer, Set<ObjectName>> byReferrer = new HashMap<>();
  private final Map<Integer, Set<ObjectName>> schemaBound = new HashMap<>();

  static Dependencies read(Query query, Names names, Columns columns, Types types)
      throws SQLException {
    Dependencies dependencies = new Dependencies();
    for (List<Reference> references :
        query.rows(DEPENDENCIES, row -> references(row, names, columns, types))) {
      references.forEach(dependencies::add);
    }
    return dependencies;
  }

  /// An object names itself too where it is recursive; it need not be there before itself.
  private static List<Reference> references(Row row, Names names, Columns columns, Types types)
      throws SQLException {
    Referrer referrer =
        new Referrer(
            row.number("referencing_class"),
            row.number("referencing_id"),
            row.number("referencing_minor_id"));
    boolean bound = row.flag("is_schema_bound_reference");
    if (row.number("referenced_class") == TYPE) {
      return types
          .findUserDefined(row.number("referenced_id"))
          .map(type -> List.of(new Reference(referrer, type.name(), bound)))
          .orElse(List.of());
    }
    if (row.number("referenced_class") != OBJECT_OR_COLUMN) {
      return List.of();
    }
    Optional<Named> referenced = referenced(row, names);
    if (referenced.isEmpty()) {
      return List.of();
    }
    return references(
        referrer, referenced.get(), row.number("referenced_minor_id"), columns, bound);
  }

  private static List<Reference> references(
      Referrer referrer, Named referenced, int column, Columns columns, boolean bound)
      throws SQLException {
    boolean itself = referenced.id() == referrer.id();
    ObjectName name = referenced.name();
    if (column == 0) {
      return itself ? List.of() : List.of(new Reference(referrer, name, bound));
    }
    Reference toColumn =
        new Reference(referrer, name.child(columns.name(referenced.id(), column)), bound);
    return itself ? List.of(toColumn) : List.of(new Reference(referrer, name, bound), toColumn);
  }

  /// Of `EXECUTE Name` the server leaves open until then which schema is meant; it looks first in
  /// that of the caller, which mostly is the procedure's own, and then in `dbo`.
  private static Optional<Named> referenced(Row row, Names names) throws SQLException {
    Integer id = row.numberOrNull("referenced_id");
    if (id != null) {
      return names.find(id);
    }
    String name = row.text("referenced_entity_name");
    String schema = row.textOrNull("referenced_schema_name");
    if (schema != null) {
      return names.find(ObjectName.of(schema, name));
    }
    return names
        .find(row.number("referencing_id"))
        .flatMap(referrer -> names.find(ObjectName.of(referrer.schema(), name)))
        .or(() -> names.find(ObjectName.of("dbo", name)));
  }

  private void add(Reference reference) {
    byReferrer
        .computeIfAbsent(reference.referrer(), referrer -> new HashSet<>())
        .add(reference.name());
    if (reference.schemaBound()) {
      schemaBound
          .computeIfAbsent(reference.referrer().id(), id -> new HashSet<>())
          .add(reference.name());
    }
  }

  Set<ObjectName> ofObject(int id) {
    return of(new Referrer(OBJECT_OR_COLUMN, id, 0));
  }

  Set<ObjectName> ofColumn(int table, int column) {
    return of(new Referrer(OBJECT_OR_COLUMN, table, column));
  }

  Set<ObjectName> ofIndex(int table, int index) {
    return of(new Referrer(INDEX, table, index));
  }

  private Set<ObjectName> of(Referrer referrer) {
    return byReferrer.getOrDefault(referrer, Set.of());
  }

  /// What cannot be changed as long as the object is there.
  Set<ObjectName> heldBy(int id) {
    return schemaBound.getOrDefault(id, Set.of());
  }

  /// Both together; either may be absent.
  static Set<ObjectName> with(Set<ObjectName> references, @Nullable ObjectName another) {
    Set<ObjectName> all = new HashSet<>(references);
    if (another != null) {
      all.add(another);
    }
    return all;
  }
}
