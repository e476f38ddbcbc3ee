package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.TableType;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.model.User;
import dev.edj.dacpac.plan.Work.Fate;
import dev.edj.dacpac.tsql.SchemaBinding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds what has to go, and come back, so that something else can be changed: the server does not
/// alter a column under an index, nor drop a key under a foreign key, nor touch what a schema-bound
/// view is bound to.
final class Expansion {

  private final Work work;
  private final NameRule rule;
  private final Refusals refusals;
  private final Map<ObjectName, List<DatabaseObject>> referring = new HashMap<>();
  private final Map<ObjectName, List<ForeignKey>> foreignKeys = new HashMap<>();
  private final Map<ObjectName, List<Unmodelled>> unmodelled = new HashMap<>();
  private final Map<String, List<DatabaseObject>> held = new HashMap<>();
  private final Deque<Runnable> todo = new ArrayDeque<>();

  Expansion(Work work, NameRule rule, Refusals refusals) {
    this.work = work;
    this.rule = rule;
    this.refusals = refusals;
    for (DatabaseObject object : work.present()) {
      for (ObjectName reference : object.references()) {
        referring.computeIfAbsent(rule.key(reference), key -> new ArrayList<>()).add(object);
        if (reference.parts().size() > 2) {
          referring
              .computeIfAbsent(rule.key(reference.owner()), key -> new ArrayList<>())
              .add(object);
        }
      }
      if (object instanceof Unmodelled feature) {
        unmodelled
            .computeIfAbsent(rule.key(feature.name()), name -> new ArrayList<>())
            .add(feature);
      }
      principals(object)
          .forEach(
              name -> held.computeIfAbsent(rule.key(name), key -> new ArrayList<>()).add(object));
      if (object instanceof ForeignKey key) {
        foreignKeys
            .computeIfAbsent(rule.key(key.foreignTable()), table -> new ArrayList<>())
            .add(key);
      }
    }
  }

  /// Whom an object speaks of: who owns it, has it or is it given to.
  private static List<String> principals(DatabaseObject object) {
    return switch (object) {
      case Schema schema -> List.of(schema.owner());
      case Role role -> List.of(role.owner());
      case RoleMember member -> List.of(member.role(), member.member());
      case Permission permission -> List.of(permission.grantee());
      default -> List.of();
    };
  }

  /// Drops an object for good.
  void drop(DatabaseObject object) {
    work.unwant(object);
    take(object);
  }

  /// Drops an object, and makes it again as it is to be, if it is to be there.
  void replace(DatabaseObject object) {
    take(object);
    work.bringBack(object);
  }

  void alter(DatabaseObject before, DatabaseObject after) {
    if (work.alter(before, after)) {
      todo.add(() -> altered(before, after));
    }
  }

  void change(TableChange change) {
    work.change(change);
    todo.add(() -> changed(change));
  }

  /// Ends; each object is taken, unbound and altered at most once.
  void complete() {
    while (!todo.isEmpty()) {
      todo.remove().run();
    }
  }

  private void take(DatabaseObject object) {
    Fate earlier = work.fate(object);
    if (earlier == null || earlier == Fate.UNBOUND) {
      work.upgrade(object, Fate.DROPPED);
      todo.add(() -> gone(object));
    } else if (earlier == Fate.GONE_WITH_OWNER && object instanceof ForeignKey) {
      // Its own table may go only after the one that it points at.
      work.upgrade(object, Fate.DROPPED);
    }
  }

  /// What goes with its owner needs no statement; what is to stay comes back.
  private void takeWithOwner(DatabaseObject part) {
    Fate earlier = work.fate(part);
    if (earlier == null || earlier == Fate.UNBOUND) {
      work.upgrade(part, Fate.GONE_WITH_OWNER);
      todo.add(() -> gone(part));
    }
  }

  private void gone(DatabaseObject object) {
    switch (object) {
      case KeyConstraint key -> {
        pointedAt(key.table(), names(key.columns()));
        refuseItself(key);
        partsOf(key);
      }
      case Index index -> {
        if (index.unique()) {
          pointedAt(index.on(), names(index.columns()));
        }
        refuseItself(index);
        partsOf(index);
      }
      case Table table -> {
        refuseUnmodelled(table.name(), "is dropped");
        foreignKeysTo(table.name()).forEach(this::replace);
        unbindReferring(table.name());
        partsOf(table);
      }
      case SqlModule module -> {
        refuseUnmodelled(module.name(), "is dropped");
        releaseFunction(module);
        unbindReferring(module.name());
        partsOf(module);
      }
      case TableType type -> {
        typeGone(type, type.name());
        partsOf(type);
      }
      case AliasType type -> {
        typeGone(type, type.name());
        partsOf(type);
      }
      case Sequence sequence -> {
        defaultsOf(sequence.name()).forEach(this::replace);
        partsOf(sequence);
      }
      case User user -> {
        principalGone(user, user.name());
        partsOf(user);
      }
      case Role role -> {
        principalGone(role, role.name());
        partsOf(role);
      }
      default -> partsOf(object);
    }
  }

  /// A user that goes has no roles and permissions any more, and a role that has members does not
  /// go.
  private void principalGone(DatabaseObject principal, ObjectName name) {
    boolean comesBack = work.wanted(principal).isPresent();
    for (DatabaseObject object : held.getOrDefault(rule.key(name.last()), List.of())) {
      if (object instanceof Schema || object instanceof Role) {
        refuseOwner(principal, object);
      } else {
        if (!comesBack) {
          work.unwant(object);
        }
        replace(object);
      }
    }
  }

  private void refuseOwner(DatabaseObject principal, DatabaseObject owned) {
    if (!work.goes(owned)) {
      refusals.add(
          "%s is to be dropped, and it owns %s; give that to another owner first"
              .formatted(principal.title(), owned.title()));
    }
  }

  private void partsOf(DatabaseObject owner) {
    boolean comesBack = work.wanted(owner).isPresent();
    for (DatabaseObject part : List.copyOf(work.parts(owner))) {
      if (!comesBack) {
        work.unwant(part);
      }
      takeWithOwner(part);
      work.bringBack(part);
    }
  }

  private void altered(DatabaseObject before, DatabaseObject after) {
    if (before instanceof Sequence sequence
        && after instanceof Sequence wanted
        && Alterations.isRemade(sequence, wanted, rule)) {
      gone(sequence);
    }
    if (before instanceof SqlModule module) {
      refuseUnmodelled(module.name(), "is altered");
      releaseFunction(module);
      unbindReferring(module.name());
      indexesGo(module);
    }
  }

  private void changed(TableChange change) {
    Table table = change.before();
    for (Unmodelled feature : unmodelled.getOrDefault(rule.key(table.name()), List.of())) {
      refusals.add(
          "%s would have to change, and it is not handled: %s"
              .formatted(table.name(), feature.what()));
    }
    change.dropped().stream()
        .filter(column -> change.after().column(column.name(), rule).isEmpty())
        .forEach(column -> forget(table.name(), column.name()));
    if (change.rebuilt()) {
      rebuilt(table);
      return;
    }
    for (Column column : change.dropped()) {
      refuseUnmodelled(table.name().child(column.name()), "is dropped");
      users(table.name(), column.name()).forEach(this::replace);
      unbindReferring(table.name().child(column.name()));
      for (DatabaseObject part : partsOfColumn(table.name().child(column.name()))) {
        takeWithOwner(part);
        work.bringBack(part);
      }
    }
    for (TableChange.Altered altered : change.altered()) {
      if (altered.values()) {
        columnAltered(table, altered);
      }
    }
  }

  private void columnAltered(Table table, TableChange.Altered altered) {
    ObjectName column = table.name().child(altered.before().name());
    refuseUnmodelled(column, "is altered");
    unbindReferring(column);
    for (DatabaseObject user : users(table.name(), altered.before().name())) {
      boolean allows =
          altered.isLengthened()
              && switch (user) {
                case KeyConstraint key -> !key.isPrimary();
                case ForeignKey key -> false;
                default -> true;
              };
      if (!allows) {
        replace(user);
      }
    }
  }

  private void rebuilt(Table table) {
    refuseUnmodelled(table.name(), "is rebuilt");
    foreignKeysTo(table.name()).forEach(this::replace);
    unbindReferring(table.name());
    for (DatabaseObject part : List.copyOf(work.parts(table.name()))) {
      switch (part) {
        // Made with the new table, under another name until the old one is gone.
        case KeyConstraint key -> {
          takeWithOwner(key);
          work.bringBack(key);
        }
        // Their names have to be free.
        case ForeignKey key -> replace(key);
        case CheckConstraint check -> replace(check);
        case DefaultConstraint value -> replace(value);
        default -> {
          takeWithOwner(part);
          work.bringBack(part);
        }
      }
    }
  }

  /// What nobody asked for, and stands on a column that goes for good, cannot come back. A module
  /// stays, and would not be what it was.
  private void forget(ObjectName table, String name) {
    ObjectName column = table.child(name);
    List<DatabaseObject> standing = new ArrayList<>(users(table, name));
    standing.addAll(partsOfColumn(column));
    standing.stream().filter(work::isKeptUnwanted).forEach(work::unwant);
    for (DatabaseObject object : referringTo(column)) {
      if (object instanceof SqlModule module
          && module.schemaBound()
          && work.isKeptUnwanted(module)) {
        refusals.add(
            "the column %s is dropped, and %s, which the package does not describe, is bound to it"
                .formatted(column, module.name()));
      }
    }
  }

  /// What stands on a column: constraints and indexes of its table, and foreign keys of others.
  private Collection<DatabaseObject> users(ObjectName table, String column) {
    Set<DatabaseObject> users = Work.identitySet();
    ObjectName full = table.child(column);
    for (DatabaseObject part : work.parts(table)) {
      boolean uses =
          switch (part) {
            case KeyConstraint key -> names(key.columns()).contains(rule.key(column));
            case ForeignKey key -> keys(key.columns()).contains(rule.key(column));
            case DefaultConstraint value -> rule.same(value.column(), column);
            case CheckConstraint check -> speaksOf(check.references(), full);
            case Index index ->
                names(index.columns()).contains(rule.key(column))
                    || keys(index.included()).contains(rule.key(column))
                    || speaksOf(index.filterReferences(), full);
            default -> false;
          };
      if (uses) {
        users.add(part);
      }
    }
    for (ForeignKey key : foreignKeysTo(table)) {
      if (keys(key.foreignColumns()).contains(rule.key(column))) {
        users.add(key);
      }
    }
    return users;
  }

  private boolean speaksOf(Set<ObjectName> references, ObjectName column) {
    return rule.isAmong(references, column);
  }

  private List<DatabaseObject> partsOfColumn(ObjectName column) {
    return work.parts(column.owner()).stream()
        .filter(part ->
            switch (part) {
              case ExtendedProperty property ->
                  property.host() != null && rule.same(property.host(), column);
              case Permission permission ->
                  permission.column() != null && rule.same(permission.column(), column.last());
              default -> false;
            })
        .toList();
  }

  private void pointedAt(ObjectName table, Set<String> columns) {
    for (ForeignKey key : foreignKeysTo(table)) {
      if (keys(key.foreignColumns()).equals(columns)) {
        replace(key);
      }
    }
  }

  private List<ForeignKey> foreignKeysTo(ObjectName table) {
    return foreignKeys.getOrDefault(rule.key(table), List.of());
  }

  /// A constraint that calls a function holds it as it is; so does a computed column, which cannot
  /// simply be taken away.
  private void releaseFunction(SqlModule module) {
    for (DatabaseObject object : List.copyOf(referringTo(module.name()))) {
      switch (object) {
        case CheckConstraint check -> replace(check);
        case DefaultConstraint value -> replace(value);
        case Table table -> {
          if (!isRebuilt(table)) {
            refusals.add(
                ("%s has to change, and %s has a computed column that calls it; drop the column in"
                        + " an earlier version of the package, or change both by hand")
                    .formatted(module.name(), table.name()));
          }
        }
        default -> {
          // Other modules are bound only if they say so.
        }
      }
    }
  }

  private boolean isRebuilt(Table table) {
    return work.goes(table) || work.change(table).filter(TableChange::rebuilt).isPresent();
  }

  private List<DatabaseObject> defaultsOf(ObjectName sequence) {
    return referringTo(sequence).stream().filter(DefaultConstraint.class::isInstance).toList();
  }

  /// What is schema-bound to a name lets go of it, and what is bound to that first.
  private void unbindReferring(ObjectName name) {
    for (DatabaseObject object : List.copyOf(referringTo(name))) {
      if (object instanceof SqlModule module
          && module.schemaBound()
          && work.dispose(module, Fate.UNBOUND)) {
        refuseUnmodelled(module.name(), "is unbound");
        if (SchemaBinding.without(module).isEmpty()) {
          refusals.add(
              "%s is bound to %s, and its text does not show how".formatted(module.name(), name));
        }
        releaseFunction(module);
        unbindReferring(module.name());
        indexesGo(module);
        work.wanted(module).ifPresent(wanted -> work.alter(module, wanted));
      }
    }
  }

  /// The server drops the indexes of a view that is altered.
  private void indexesGo(SqlModule view) {
    if (view.type() != ObjectType.VIEW) {
      return;
    }
    for (DatabaseObject part : List.copyOf(work.parts(view.name()))) {
      if (part instanceof Index index) {
        takeWithOwner(index);
        if (work.fate(view) == Fate.UNBOUND) {
          work.upgrade(index, Fate.GONE_WITH_OWNER);
        }
        work.bringBack(index);
      }
    }
  }

  /// A type cannot be changed, and not be dropped while something uses it.
  private void typeGone(DatabaseObject type, ObjectName name) {
    for (DatabaseObject object : List.copyOf(referringTo(name))) {
      switch (object) {
        case SqlModule module -> replace(module);
        case Table table -> refuseUse(table, type, name);
        case Sequence sequence -> refuseUse(sequence, type, name);
        case TableType other -> replace(other);
        default -> {
          // Permissions and properties go with it.
        }
      }
    }
  }

  /// What changes to another type lets one go that does not come back.
  private void refuseUse(DatabaseObject user, DatabaseObject type, ObjectName name) {
    boolean comesBack = work.wanted(type).isPresent();
    boolean used =
        work.wanted(user)
            .filter(wanted -> comesBack || speaksOf(wanted.references(), name))
            .isPresent();
    if (used) {
      refusals.add(
          "the type %s has to go or be made anew, and %s uses it".formatted(name, user.title()));
    }
  }

  private List<DatabaseObject> referringTo(ObjectName name) {
    return referring.getOrDefault(rule.key(name), List.of());
  }

  private void refuseUnmodelled(ObjectName name, String what) {
    List<DatabaseObject> near = new ArrayList<>(referringTo(name));
    if (name.parts().size() > 2) {
      referringTo(name.owner()).stream()
          .filter(object -> speaksOf(object.references(), name.owner()))
          .forEach(near::add);
    }
    for (DatabaseObject object : near) {
      if (object instanceof Unmodelled unmodelled) {
        refusals.add(
            "%s %s, and the %s of it is not handled".formatted(name, what, unmodelled.title()));
      }
    }
  }

  /// An index or a key that has a feature which is not handled is known as both.
  private void refuseItself(DatabaseObject object) {
    ObjectName name = object.name();
    if (name != null) {
      for (Unmodelled feature : unmodelled.getOrDefault(rule.key(name), List.of())) {
        refusals.add(
            "%s would have to be made anew, and it is one that is not handled: %s"
                .formatted(name, feature.what()));
      }
    }
  }

  private Set<String> names(List<KeyColumn> columns) {
    return columns.stream().map(column -> rule.key(column.name())).collect(Collectors.toSet());
  }

  private Set<String> keys(List<String> columns) {
    return columns.stream().map(rule::key).collect(Collectors.toCollection(HashSet::new));
  }
}
