package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.RoleMember;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which objects of two databases are the same ones, however much they differ.
///
/// @param pairs what is in both
/// @param before what is only in the database as it is
/// @param after what is only in the database as it is to be
record Matching(List<Pair> pairs, List<DatabaseObject> before, List<DatabaseObject> after) {

  /// One object, as it is and as it is to be.
  record Pair(DatabaseObject before, DatabaseObject after) {}

  static Matching of(
      List<DatabaseObject> before,
      List<DatabaseObject> after,
      NameRule rule,
      Comparison comparison) {
    List<Pair> pairs = new ArrayList<>();
    List<DatabaseObject> onlyAfter = new ArrayList<>();
    Map<List<String>, DatabaseObject> left = new HashMap<>();
    before.forEach(object -> left.put(key(object, rule), object));
    for (DatabaseObject object : after) {
      DatabaseObject same = isNamed(object) ? left.remove(key(object, rule)) : null;
      if (same == null) {
        onlyAfter.add(object);
      } else {
        pairs.add(new Pair(same, object));
      }
    }
    Set<DatabaseObject> unmatched = Collections.newSetFromMap(new IdentityHashMap<>());
    unmatched.addAll(left.values());
    List<DatabaseObject> ordered = new ArrayList<>(before);
    ordered.removeIf(object -> !unmatched.contains(object));
    matchByDemand(ordered, onlyAfter, pairs, rule, comparison);
    return new Matching(pairs, ordered, onlyAfter);
  }

  /// A constraint that the server is to name is there if any constraint of the table demands the
  /// same.
  private static void matchByDemand(
      List<DatabaseObject> before,
      List<DatabaseObject> after,
      List<Pair> pairs,
      NameRule rule,
      Comparison comparison) {
    Map<ObjectName, List<Constraint>> byTable = new HashMap<>();
    for (DatabaseObject object : before) {
      if (object instanceof Constraint constraint) {
        byTable
            .computeIfAbsent(rule.key(constraint.table()), table -> new ArrayList<>())
            .add(constraint);
      }
    }
    Set<DatabaseObject> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    after.removeIf(object -> {
      if (!(object instanceof Constraint wanted) || !wanted.systemNamed()) {
        return false;
      }
      Optional<Constraint> found =
          byTable.getOrDefault(rule.key(wanted.table()), List.of()).stream()
              .filter(there -> !taken.contains(there))
              .filter(there -> comparison.sameDemand(there, wanted))
              .findFirst();
      found.ifPresent(there -> {
        pairs.add(new Pair(there, wanted));
        taken.add(there);
      });
      return found.isPresent();
    });
    before.removeIf(taken::contains);
  }

  private static boolean isNamed(DatabaseObject object) {
    return !(object instanceof Constraint constraint && constraint.systemNamed());
  }

  /// What is the same for objects that are the same one.
  private static List<String> key(DatabaseObject object, NameRule rule) {
    List<String> key = new ArrayList<>();
    key.add(object.type().name());
    switch (object) {
      case Permission permission -> {
        key.add(permission.permission().toUpperCase(Locale.ROOT));
        key.add(permission.securableClass().name());
        key.add(rule.key(permission.grantee()));
        String column = permission.column();
        key.add(column == null ? "" : rule.key(column));
        ObjectName securable = permission.securable();
        if (securable != null) {
          key.addAll(rule.key(securable).parts());
        }
      }
      case RoleMember member -> {
        key.add(rule.key(member.role()));
        key.add(rule.key(member.member()));
      }
      case ExtendedProperty property -> {
        key.add(property.hostType().name());
        key.add(rule.key(property.property()));
        ObjectName host = property.host();
        if (host != null) {
          key.addAll(rule.key(host).parts());
        }
      }
      default -> {
        ObjectName name = object.name();
        if (name == null) {
          key.add(Integer.toString(System.identityHashCode(object)));
        } else {
          key.addAll(rule.key(name).parts());
        }
      }
    }
    return key;
  }
}
