package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.TableType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Refuses what a database can have but once: two objects of one name, two primary keys of one
/// table.
final class Uniqueness {

  private final Context context;
  private final NameRule nameRule;

  Uniqueness(Context context) {
    this.context = context;
    this.nameRule = context.elements().nameRule();
  }

  void check(List<DatabaseObject> objects) {
    Map<String, DatabaseObject> first = new HashMap<>();
    for (DatabaseObject object : objects) {
      for (String key : keys(object)) {
        DatabaseObject other = first.putIfAbsent(key, object);
        if (other != null) {
          context
              .findings()
              .add(titleOf(object), "the package has two of it; the other is " + titleOf(other));
        }
      }
    }
  }

  private static String titleOf(DatabaseObject object) {
    return object.type().element() + " " + object.title();
  }

  /// What no other object may have; an object can be in two spaces of names.
  private List<String> keys(DatabaseObject object) {
    List<String> keys = new ArrayList<>();
    ObjectName name = object.name();
    if (name != null) {
      keys.add(space(object) + nameRule.key(name));
    } else if (!(object instanceof Constraint)) {
      keys.add(object.type().element() + " " + nameRule.key(object.title()));
    }
    switch (object) {
      case KeyConstraint key when key.isPrimary() ->
          keys.add("primary key of " + nameRule.key(key.table()));
      case DefaultConstraint constraint ->
          keys.add("default of " + nameRule.key(constraint.table().child(constraint.column())));
      case TableType type -> type.constraints().forEach(part -> keys.addAll(keys(part)));
      default -> {
        // Only its name.
      }
    }
    if (object instanceof KeyConstraint key && name != null) {
      keys.add("index " + nameRule.key(key.table().child(name.last())));
    }
    return keys;
  }

  private static String space(DatabaseObject object) {
    return switch (object.type()) {
      case SCHEMA -> "schema ";
      case USER, ROLE -> "principal ";
      case ALIAS_TYPE, TABLE_TYPE -> "type ";
      case INDEX -> "index ";
      default -> "object ";
    };
  }
}
