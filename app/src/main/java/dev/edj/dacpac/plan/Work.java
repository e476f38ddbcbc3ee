package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to be done, before it has an order: objects that go, come and change. It grows while the
/// [Expansion] finds what stands in the way.
final class Work {

  private final NameRule rule;
  private final List<DatabaseObject> present;
  private final IdentityHashMap<DatabaseObject, DatabaseObject> wanted = new IdentityHashMap<>();
  private final Map<ObjectName, List<DatabaseObject>> parts = new HashMap<>();

  private final IdentityHashMap<DatabaseObject, Fate> fates = new IdentityHashMap<>();
  private final Set<DatabaseObject> returning = identitySet();
  private final List<DatabaseObject> added = new ArrayList<>();
  private final IdentityHashMap<DatabaseObject, DatabaseObject> altered = new IdentityHashMap<>();
  private final IdentityHashMap<Table, TableChange> tables = new IdentityHashMap<>();

  /// What becomes of an object that is there and does not stay.
  enum Fate {
    /// It is dropped by a statement.
    DROPPED,
    /// It goes with what it belongs to.
    GONE_WITH_OWNER,
    /// It lets go of what it is bound to, and is bound again later.
    UNBOUND
  }

  /// @param present what is in the database
  Work(NameRule rule, List<DatabaseObject> present, Matching matching) {
    this.rule = rule;
    this.present = present;
    present.forEach(object -> wanted.put(object, object));
    matching.pairs().forEach(pair -> wanted.put(pair.before(), pair.after()));
    for (DatabaseObject object : present) {
      ObjectName owner = owner(object);
      if (owner != null) {
        parts.computeIfAbsent(rule.key(owner), key -> new ArrayList<>()).add(object);
      }
    }
  }

  /// The object that goes when this one's owner does.
  static @Nullable ObjectName owner(DatabaseObject object) {
    return switch (object) {
      case Constraint constraint -> constraint.table();
      case Index index -> index.on();
      case SqlModule module -> module.parent();
      case Permission permission -> permission.securable();
      case ExtendedProperty property -> hostObject(property);
      default -> null;
    };
  }

  private static @Nullable ObjectName hostObject(ExtendedProperty property) {
    ObjectName host = property.host();
    if (host == null) {
      return null;
    }
    return switch (property.hostType()) {
      case TABLE_COLUMN, VIEW_COLUMN, PARAMETER_OF_PROCEDURE, PARAMETER_OF_FUNCTION -> host.owner();
      default -> host;
    };
  }

  List<DatabaseObject> present() {
    return present;
  }

  /// What belongs to an object and goes with it: constraints, indexes, triggers, permissions and
  /// properties of a table.
  List<DatabaseObject> parts(ObjectName owner) {
    return parts.getOrDefault(rule.key(owner), List.of());
  }

  /// As [#parts(ObjectName)]. What describes the index of a key speaks of the index.
  List<DatabaseObject> parts(DatabaseObject owner) {
    ObjectName name = owner.name();
    if (name == null) {
      return List.of();
    }
    List<DatabaseObject> parts = new ArrayList<>(parts(name));
    if (owner instanceof KeyConstraint key) {
      parts.addAll(parts(key.table().child(name.last())));
    }
    return parts;
  }

  /// What the object is to be; empty when it is not to be there.
  Optional<DatabaseObject> wanted(DatabaseObject object) {
    return Optional.ofNullable(wanted.get(object));
  }

  /// Whether the package does not describe it, and it stays all the same.
  @SuppressWarnings("ReferenceEquality") // what is described is another object, if an equal one
  boolean isKeptUnwanted(DatabaseObject object) {
    return wanted.get(object) == object;
  }

  /// Notes that an object is not to be there any more.
  void unwant(DatabaseObject object) {
    wanted.remove(object);
  }

  /// Says what becomes of an object, if nothing has said so yet.
  ///
  /// @return whether nothing had
  boolean dispose(DatabaseObject object, Fate fate) {
    return fates.putIfAbsent(object, fate) == null;
  }

  void upgrade(DatabaseObject object, Fate fate) {
    fates.put(object, fate);
  }

  @Nullable Fate fate(DatabaseObject object) {
    return fates.get(object);
  }

  boolean goes(DatabaseObject object) {
    Fate fate = fates.get(object);
    return fate == Fate.DROPPED || fate == Fate.GONE_WITH_OWNER;
  }

  /// Notes that something is made that was not there.
  void create(DatabaseObject object) {
    added.add(object);
  }

  /// Notes that something that goes comes back as it is to be, if it is still to be there in the
  /// end.
  void bringBack(DatabaseObject object) {
    returning.add(object);
  }

  /// Notes that an object changes in place.
  ///
  /// @return whether this is new
  boolean alter(DatabaseObject before, DatabaseObject after) {
    return altered.put(before, after) == null;
  }

  void change(TableChange change) {
    tables.put(change.before(), change);
  }

  Optional<TableChange> change(Table before) {
    return Optional.ofNullable(tables.get(before));
  }

  /// In the order of the database.
  List<DatabaseObject> with(Fate fate) {
    return present.stream().filter(object -> fates.get(object) == fate).toList();
  }

  /// What is made: first what comes back, in the order of the database, then what is new.
  List<DatabaseObject> created() {
    List<DatabaseObject> created = new ArrayList<>();
    for (DatabaseObject object : present) {
      DatabaseObject after = wanted.get(object);
      if (after != null && returning.contains(object)) {
        created.add(after);
      }
    }
    created.addAll(added);
    return created;
  }

  /// What changes in place and does not go after all, in the order of the database.
  Map<DatabaseObject, DatabaseObject> altered() {
    Map<DatabaseObject, DatabaseObject> left = new LinkedHashMap<>();
    for (DatabaseObject object : present) {
      DatabaseObject after = altered.get(object);
      if (after != null && !goes(object)) {
        left.put(object, after);
      }
    }
    return left;
  }

  boolean isAltered(DatabaseObject object) {
    return altered.containsKey(object);
  }

  /// In the order of the database.
  Collection<TableChange> tables() {
    List<TableChange> changes = new ArrayList<>();
    for (DatabaseObject object : present) {
      if (object instanceof Table table && tables.containsKey(table) && !goes(table)) {
        changes.add(tables.get(table));
      }
    }
    return changes;
  }

  static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
