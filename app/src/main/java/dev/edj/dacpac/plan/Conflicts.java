package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Synonym;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What has the name that something else is to have: a schema's objects share their names, its
/// types theirs, and users and roles theirs. Also what has the place of it: a column has one
/// default, a table one primary key, and its rows lie in one order.
final class Conflicts {

  private final NameRule rule;
  private final Map<List<Object>, DatabaseObject> byName = new HashMap<>();

  Conflicts(List<DatabaseObject> present, NameRule rule) {
    this.rule = rule;
    for (DatabaseObject object : present) {
      ObjectName name = object.name();
      if (name != null) {
        byName.putIfAbsent(List.of(space(object), rule.key(name)), object);
      }
      places(object).forEach(place -> byName.putIfAbsent(place, object));
    }
  }

  /// What has to go before the object can be made.
  Set<DatabaseObject> with(DatabaseObject wanted) {
    Set<DatabaseObject> found = Work.identitySet();
    ObjectName name = wanted.name();
    if (name != null) {
      Optional.ofNullable(byName.get(List.of(space(wanted), rule.key(name)))).ifPresent(found::add);
    }
    places(wanted).forEach(place -> Optional.ofNullable(byName.get(place)).ifPresent(found::add));
    return found;
  }

  /// Of what there can be only one.
  private List<List<Object>> places(DatabaseObject object) {
    List<List<Object>> places = new ArrayList<>();
    switch (object) {
      case KeyConstraint key -> {
        if (key.isPrimary()) {
          places.add(List.of("primary key of", rule.key(key.table())));
        }
        if (key.clustered()) {
          places.add(List.of("clustered index of", rule.key(key.table())));
        }
      }
      case Index index -> {
        if (index.clustered()) {
          places.add(List.of("clustered index of", rule.key(index.on())));
        }
      }
      case DefaultConstraint value ->
          places.add(List.of("default of", rule.key(value.table().child(value.column()))));
      default -> {
        // Stands beside others.
      }
    }
    return places;
  }

  /// Whether nothing is lost when the one is dropped for the other.
  static boolean isReplaceable(DatabaseObject present, DatabaseObject wanted) {
    return switch (present) {
      case SqlModule _, Synonym _ -> true;
      case DefaultConstraint _ -> wanted instanceof DefaultConstraint;
      case KeyConstraint key -> key.isPrimary() && wanted.type() == key.type();
      default -> false;
    };
  }

  /// Why there cannot be both, for people.
  static String reason(DatabaseObject present, DatabaseObject wanted) {
    return isClustered(present) && isClustered(wanted)
        ? "%s is clustered in the package, and %s, which stays, is clustered too"
            .formatted(wanted.title(), present.title())
        : "%s is %s in the package, and there is another object of that name (%s) in the database"
            .formatted(wanted.title(), wanted.type().element(), present.type().element());
  }

  private static boolean isClustered(DatabaseObject object) {
    return (object instanceof KeyConstraint key && key.clustered())
        || (object instanceof Index index && index.clustered());
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
