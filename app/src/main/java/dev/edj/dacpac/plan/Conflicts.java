package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Synonym;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has the name that something else is to have: a schema's objects share their names, its
/// types theirs, and users and roles theirs.
final class Conflicts {

  private final NameRule rule;
  private final Map<List<Object>, DatabaseObject> byName = new HashMap<>();

  Conflicts(List<DatabaseObject> present, NameRule rule) {
    this.rule = rule;
    for (DatabaseObject object : present) {
      ObjectName name = object.name();
      if (name != null) {
        byName.put(List.of(space(object), rule.key(name)), object);
      }
    }
  }

  /// What has to go before the object can be made.
  Optional<DatabaseObject> with(DatabaseObject wanted) {
    ObjectName name = wanted.name();
    return name == null
        ? Optional.empty()
        : Optional.ofNullable(byName.get(List.of(space(wanted), rule.key(name))));
  }

  /// Whether nothing is lost when the one is dropped for the other.
  static boolean isReplaceable(DatabaseObject present) {
    return present instanceof SqlModule || present instanceof Synonym;
  }

  private static String space(DatabaseObject object) {
    return switch (object.type()) {
      case SCHEMA -> "schema";
      case ROLE, USER -> "principal";
      case ALIAS_TYPE, TABLE_TYPE -> "type";
      case INDEX -> "index of " + ((Index) object).on();
      case ROLE_MEMBER, PERMISSION, EXTENDED_PROPERTY -> "none";
      case TABLE,
          VIEW,
          PROCEDURE,
          SCALAR_FUNCTION,
          INLINE_FUNCTION,
          TABLE_FUNCTION,
          TRIGGER,
          SEQUENCE,
          SYNONYM,
          PRIMARY_KEY,
          UNIQUE,
          FOREIGN_KEY,
          CHECK,
          DEFAULT,
          UNMODELLED ->
          "object";
    };
  }
}
