package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Unmodelled;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is in a database and has no record: full-text indexes, keys, queues and so on.
final class OtherThings {

  /// A kind of things that one catalog view lists.
  ///
  /// @param what for people
  /// @param needs the view, or a column of it
  /// @param select of the id of the object that the thing is part of, of its schema, of its own
  ///   name, each of which may be absent, and from where
  private record Kind(String what, String needs, String select) {}

  private static final List<Kind> PARTS_OF_OBJECTS =
      List.of(
          of(
              "statistics",
              "stats",
              "x.object_id, NULL, x.name FROM sys.stats x WHERE x.user_created = 1"),
          of(
              "full-text index",
              "fulltext_indexes",
              "x.object_id, NULL, NULL FROM sys.fulltext_indexes x"),
          of(
              "table of a security policy",
              "security_predicates",
              "x.target_object_id, NULL, NULL FROM sys.security_predicates x"),
          of(
              "table with change tracking",
              "change_tracking_tables",
              "x.object_id, NULL, NULL FROM sys.change_tracking_tables x"),
          of(
              "numbered procedure",
              "numbered_procedures",
              "x.object_id, NULL, CAST(x.procedure_number AS NVARCHAR(10))"
                  + " FROM sys.numbered_procedures x"),
          of(
              "signed module",
              "crypt_properties",
              "x.major_id, NULL, NULL FROM sys.crypt_properties x WHERE x.class = 1"),
          of(
              "classified column",
              "sensitivity_classifications",
              "x.major_id, NULL, c.name FROM sys.sensitivity_classifications x"
                  + " JOIN sys.columns c ON c.object_id = x.major_id AND c.column_id = x.minor_id"
                  + " WHERE x.class = 1"),
          of(
              "first or last of the triggers",
              "trigger_events",
              "x.object_id, NULL, NULL FROM sys.trigger_events x"
                  + " WHERE x.is_first = 1 OR x.is_last = 1"),
          of(
              "memory-optimised table type",
              "table_types.is_memory_optimized",
              "x.type_table_object_id, NULL, NULL FROM sys.table_types x"
                  + " WHERE x.is_memory_optimized = 1"),
          of(
              "view of a ledger",
              "views.ledger_view_type",
              "x.object_id, NULL, NULL FROM sys.views x WHERE x.ledger_view_type <> 0"),
          of(
              "plan guide",
              "plan_guides.scope_object_id",
              "x.scope_object_id, NULL, x.name FROM sys.plan_guides x"),
          of(
              "event notification",
              "event_notifications",
              "CASE WHEN x.parent_class = 1 THEN x.parent_id END, NULL, x.name"
                  + " FROM sys.event_notifications x"));

  private static final List<Kind> OF_SCHEMAS =
      List.of(
          of(
              "XML schema collection",
              "xml_schema_collections",
              "NULL, SCHEMA_NAME(x.schema_id), x.name FROM sys.xml_schema_collections x"
                  + " WHERE SCHEMA_NAME(x.schema_id) <> N'sys'"),
          of(
              "CLR type",
              "assembly_types",
              "NULL, SCHEMA_NAME(x.schema_id), x.name FROM sys.assembly_types x"
                  + " WHERE x.is_user_defined = 1"),
          of(
              "type with a bound rule or default",
              "types",
              "NULL, SCHEMA_NAME(x.schema_id), x.name FROM sys.types x"
                  + " WHERE x.is_user_defined = 1"
                  + " AND (x.rule_object_id <> 0 OR x.default_object_id <> 0)"));

  private static final List<Kind> OF_THE_DATABASE =
      List.of(
          of(
              "trigger of the database",
              "triggers",
              "NULL, NULL, x.name FROM sys.triggers x"
                  + " WHERE x.parent_class = 0 AND x.is_ms_shipped = 0"),
          named("full-text catalog", "fulltext_catalogs"),
          named("full-text stoplist", "fulltext_stoplists"),
          named("search property list", "registered_search_property_lists"),
          named("partition function", "partition_functions"),
          named("partition scheme", "partition_schemes"),
          of(
              "filegroup",
              "filegroups",
              "NULL, NULL, x.name FROM sys.filegroups x WHERE x.is_default = 0"),
          of(
              "assembly",
              "assemblies",
              "NULL, NULL, x.name FROM sys.assemblies x WHERE x.is_user_defined = 1"),
          named("column master key", "column_master_keys"),
          named("column encryption key", "column_encryption_keys"),
          unlessOfTheServer("certificate", "certificates"),
          unlessOfTheServer("asymmetric key", "asymmetric_keys"),
          unlessOfTheServer("symmetric key", "symmetric_keys"),
          of(
              "service",
              "services",
              "NULL, NULL, x.name FROM sys.services x"
                  + " JOIN sys.service_queues q ON q.object_id = x.service_queue_id"
                  + " WHERE q.is_ms_shipped = 0"),
          unlessOfTheBroker("contract", "service_contracts"),
          unlessOfTheBroker("message type", "service_message_types"),
          named("remote service binding", "remote_service_bindings"),
          of(
              "route",
              "routes",
              "NULL, NULL, x.name FROM sys.routes x WHERE x.name <> N'AutoCreatedLocal'"),
          named("conversation priority", "conversation_priorities"),
          named("external data source", "external_data_sources"),
          named("external file format", "external_file_formats"),
          named("external library", "external_libraries"),
          named("credential of the database", "database_scoped_credentials"),
          named("audit specification", "database_audit_specifications"),
          named("event session", "database_event_sessions"));

  private OtherThings() {}

  private static Kind of(String what, String needs, String select) {
    return new Kind(what, needs, select);
  }

  private static Kind named(String what, String view) {
    return of(what, view, "NULL, NULL, x.name FROM sys.%s x".formatted(view));
  }

  /// The server keeps some for itself under names such as `##MS_DatabaseMasterKey##`.
  private static Kind unlessOfTheServer(String what, String view) {
    return of(
        what,
        view,
        "NULL, NULL, x.name FROM sys.%s x WHERE x.name NOT LIKE N'##%%'".formatted(view));
  }

  private static Kind unlessOfTheBroker(String what, String view) {
    return of(
        what,
        view,
        ("NULL, NULL, x.name FROM sys.%s x WHERE x.name <> N'DEFAULT'"
                + " AND x.name NOT LIKE N'http://schemas.microsoft.com/SQL/%%'")
            .formatted(view));
  }

  /// Names of different views have different collations.
  private static final String KIND =
      """
      SELECT N'{what}' AS what, u.object_id,
        CAST(u.schema_name AS NVARCHAR(128)) COLLATE DATABASE_DEFAULT AS schema_name,
        CAST(u.name AS NVARCHAR(128)) COLLATE DATABASE_DEFAULT AS name
      FROM (SELECT {select}) u (object_id, schema_name, name)
      """;

  static List<Unmodelled> read(Scope scope) throws SQLException {
    List<String> selects = new ArrayList<>();
    for (List<Kind> kinds : List.of(PARTS_OF_OBJECTS, OF_SCHEMAS, OF_THE_DATABASE)) {
      for (Kind kind : kinds) {
        if (scope.views().has(kind.needs())) {
          selects.add(KIND.replace("{what}", kind.what()).replace("{select}", kind.select()));
        }
      }
    }
    List<Unmodelled> things = new ArrayList<>(objects(scope));
    scope.query().rows(String.join("UNION ALL\n", selects), row -> thing(row, scope)).stream()
        .flatMap(Optional::stream)
        .forEach(things::add);
    return things;
  }

  private static Optional<Unmodelled> thing(Row row, Scope scope) throws SQLException {
    String what = row.text("what");
    String name = row.textOrNull("name");
    Integer owner = row.numberOrNull("object_id");
    return owner == null
        ? Optional.of(thing(what, row.textOrNull("schema_name"), row.text("name")))
        : scope.names().find(owner).map(named -> part(what, named, name));
  }

  private static Unmodelled thing(String what, @Nullable String schema, String name) {
    ObjectName full = schema == null ? ObjectName.of(name) : ObjectName.of(schema, name);
    return new Unmodelled(full, what, schema == null ? Set.of() : Set.of(full));
  }

  private static Unmodelled part(String what, Named owner, @Nullable String name) {
    ObjectName full = name == null ? owner.name() : owner.name().child(name);
    return new Unmodelled(full, what, Dependencies.with(Set.of(full), owner.name()));
  }

  /// Letters of `sys.objects`. What stands for the inside of another thing, such as the hidden
  /// table of a queue, is listed with that.
  private static final Set<String> INSIDE = Set.of("IT", "S", "PG", "ST");

  private static final Set<String> MODELLED =
      Set.of("U", "V", "P", "FN", "IF", "TF", "TR", "PK", "UQ", "F", "C", "SN", "SO", "TT");

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("AF", "CLR aggregate"),
          Map.entry("D", "bound default"),
          Map.entry("EC", "edge constraint"),
          Map.entry("ET", "external table"),
          Map.entry("FS", "CLR function"),
          Map.entry("FT", "CLR function"),
          Map.entry("PC", "CLR procedure"),
          Map.entry("R", "rule"),
          Map.entry("RF", "replication filter"),
          Map.entry("SP", "security policy"),
          Map.entry("SQ", "queue"),
          Map.entry("TA", "CLR trigger"),
          Map.entry("X", "extended stored procedure"));

  /// Objects that no other class knows what to do with, of kinds that are still to come too.
  private static List<Unmodelled> objects(Scope scope) {
    return scope.names().list().stream()
        .filter(named -> !MODELLED.contains(named.type()) && !INSIDE.contains(named.type()))
        .filter(named -> !named.type().equals("D") || named.parent() == 0)
        .map(named -> Modules.unmodelled(title(named), named, scope))
        .toList();
  }

  private static String title(Named named) {
    return TITLES.getOrDefault(named.type(), "object of the kind " + named.type());
  }
}
