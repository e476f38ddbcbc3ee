package dev.edj.dacpac.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The elements that are meant by the names which `ExcludeObjectTypes` uses; also those that are
/// not handled here, so that a package which has them can be deployed without them.
final class ObjectTypeNames {

  private static final TreeMap<String, Set<String>> NAMES =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    NAMES.put("Schemas", Set.of("SqlSchema"));
    NAMES.put("DatabaseRoles", Set.of("SqlRole"));
    NAMES.put("RoleMembership", Set.of("SqlRoleMembership"));
    NAMES.put("Users", Set.of("SqlUser"));
    NAMES.put("Permissions", Set.of("SqlPermissionStatement"));
    NAMES.put("UserDefinedDataTypes", Set.of("SqlUserDefinedDataType"));
    NAMES.put("UserDefinedTableTypes", Set.of("SqlTableType"));
    NAMES.put("Sequences", Set.of("SqlSequence"));
    NAMES.put("Synonyms", Set.of("SqlSynonym"));
    NAMES.put("Tables", Set.of("SqlTable"));
    NAMES.put("PrimaryKeys", Set.of("SqlPrimaryKeyConstraint"));
    NAMES.put("UniqueConstraints", Set.of("SqlUniqueConstraint"));
    NAMES.put("ForeignKeys", Set.of("SqlForeignKeyConstraint"));
    NAMES.put("CheckConstraints", Set.of("SqlCheckConstraint"));
    NAMES.put("DefaultConstraints", Set.of("SqlDefaultConstraint"));
    NAMES.put("Indexes", Set.of("SqlIndex"));
    NAMES.put("Views", Set.of("SqlView"));
    NAMES.put("StoredProcedures", Set.of("SqlProcedure"));
    NAMES.put("ScalarValuedFunctions", Set.of("SqlScalarFunction"));
    NAMES.put(
        "TableValuedFunctions",
        Set.of("SqlInlineTableValuedFunction", "SqlMultiStatementTableValuedFunction"));
    NAMES.put("DmlTriggers", Set.of("SqlDmlTrigger"));
    NAMES.put("Logins", Set.of("SqlLogin"));
    NAMES.put("Assemblies", Set.of("SqlAssembly"));
    NAMES.put("XmlSchemaCollections", Set.of("SqlXmlSchemaCollection"));
    NAMES.put("FullTextCatalogs", Set.of("SqlFullTextCatalog"));
    NAMES.put("Filegroups", Set.of("SqlFilegroup"));
    NAMES.put("EventSessions", Set.of("SqlEventSession"));
    NAMES.put("DatabaseTriggers", Set.of("SqlDatabaseDdlTrigger"));
    NAMES.put("ExtendedProperties", Set.of("SqlExtendedProperty"));
  }

  private ObjectTypeNames() {}

  static Optional<Set<String>> of(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  static Optional<String> nameOf(String element) {
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().contains(element))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  static String known() {
    return String.join(", ", NAMES.keySet());
  }
}
