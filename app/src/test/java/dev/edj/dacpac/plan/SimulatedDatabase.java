package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Does to a model what a plan does to a database, and refuses what a server would: whatever is
/// made before what it stands on, dropped from under something, or not there.
public final class SimulatedDatabase {

  private final Database start;
  private final NameRule rule;
  private final List<DatabaseObject> objects;

  SimulatedDatabase(Database start) {
    this.start = start;
    this.rule = NameRule.of(start);
    this.objects = new ArrayList<>(start.objects());
  }

  public static Database after(DeploymentPlan plan, Database start) {
    SimulatedDatabase simulated = new SimulatedDatabase(start);
    plan.steps().forEach(simulated::apply);
    return simulated.database();
  }

  Database database() {
    return new Database(start.collation(), start.caseSensitive(), objects, start.renamesDone());
  }

  void apply(Step step) {
    try {
      boolean renames = step.phase() == Phase.RENAME;
      boolean rebuilds =
          step.operations().stream().anyMatch(o -> o.kind() == Operation.Kind.TABLE_REBUILD);
      for (Change change : step.changes()) {
        switch (change) {
          case Change.Created created -> create(created.object());
          case Change.Dropped dropped -> drop(dropped.object(), step);
          case Change.Altered altered -> {
            boolean renamed = renames && isRenaming(altered.before(), altered.after());
            if (renamed) {
              demandReleased(altered.before(), altered.after());
            }
            alter(altered.before(), altered.after(), renamed, rebuilds);
          }
        }
      }
    } catch (IllegalStateException e) {
      throw new IllegalStateException("step '%s': %s".formatted(step.title(), e.getMessage()), e);
    }
  }

  /// A step that renames also drops and adds columns, and changes texts of modules.
  private static boolean isRenaming(DatabaseObject before, DatabaseObject after) {
    return switch (before) {
      case Table table ->
          after instanceof Table other && table.columns().size() == other.columns().size();
      case SqlModule module ->
          after instanceof SqlModule other && module.text().equals(other.text());
      default -> true;
    };
  }

  /// The server renames nothing that an expression or a bound module speaks of.
  private void demandReleased(DatabaseObject before, DatabaseObject after) {
    if (before.name() != null
        && !before.name().equals(after.name())
        && (before instanceof Table || before instanceof SqlModule)) {
      demandUnbound(before.name(), before);
    }
    if (!(before instanceof Table table && after instanceof Table other)) {
      return;
    }
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).name().equals(other.columns().get(i).name())) {
        continue;
      }
      ObjectName column = table.name().child(table.columns().get(i).name());
      demand(
          table.columns().stream()
              .noneMatch(
                  one -> one instanceof Column.Computed && one.references().contains(column)),
          "%s has a computed column over one that is renamed",
          table);
      for (DatabaseObject object : objects) {
        boolean holds =
            switch (object) {
              case CheckConstraint check -> check.references().contains(column);
              case Index index -> index.filterReferences().contains(column);
              case SqlModule module -> module.schemaBound() && module.references().contains(column);
              default -> false;
            };
        demand(!holds, "%s holds a column that is renamed", object);
      }
    }
  }

  private void create(DatabaseObject object) {
    demand(!isThere(object), "%s is there already", object);
    ObjectName name = object.name();
    if (name != null && name.parts().size() > 1) {
      demandSchema(name.parts().getFirst());
    }
    switch (object) {
      case KeyConstraint key -> demandColumns(key.table(), keyNames(key.columns()));
      case Index index -> {
        if (table(index.on()).isPresent()) {
          demandColumns(index.on(), keyNames(index.columns()));
          demandColumns(index.on(), index.included());
        } else {
          demand(
              module(index.on()).filter(SqlModule::schemaBound).isPresent(),
              "%s is on nothing",
              object);
        }
      }
      case ForeignKey key -> {
        demandColumns(key.table(), key.columns());
        demandColumns(key.foreignTable(), key.foreignColumns());
        demand(hasKey(key.foreignTable(), key.foreignColumns()), "%s points at no key", object);
      }
      case DefaultConstraint value -> {
        demandColumns(value.table(), List.of(value.column()));
        demandReferences(object);
      }
      case CheckConstraint check -> {
        demandColumns(check.table(), List.of());
        demandReferences(object);
      }
      case Table table -> {
        for (Column column : table.columns()) {
          for (ObjectName reference : column.references()) {
            demandThere(reference.parts().size() > 2 ? table.name() : reference, object, table);
          }
        }
      }
      case SqlModule module -> {
        if (module.schemaBound() || module.parent() != null) {
          demandReferences(object);
        }
      }
      default -> {}
    }
    objects.add(object);
  }

  private void drop(DatabaseObject object, Step step) {
    demand(objects.contains(object), "%s is not there", object);
    switch (object) {
      case Table table -> {
        demandNothingOf(table.name(), object);
        for (DatabaseObject other : objects) {
          demand(
              !(other instanceof ForeignKey key && rule.same(key.foreignTable(), table.name())),
              "%s is pointed at by a foreign key",
              object);
        }
        demandUnbound(table.name(), object);
      }
      case KeyConstraint key ->
          demandNotPointedAt(key.table(), keyNames(key.columns()), step, object);
      case Index index -> {
        if (isKey(index)) {
          demandNotPointedAt(index.on(), keyNames(index.columns()), step, object);
        }
      }
      case SqlModule module -> {
        demandNothingOf(module.name(), object);
        demandUnbound(module.name(), object);
      }
      case AliasType type -> {
        for (DatabaseObject other : objects) {
          demand(
              !((other instanceof Table || other instanceof Sequence)
                  && other.references().contains(type.name())),
              object.title() + " is used by %s",
              other);
        }
      }
      case Schema schema -> {
        for (DatabaseObject other : objects) {
          demand(
              other.name() == null
                  || other.name().parts().size() < 2
                  || !rule.same(other.name().parts().getFirst(), schema.name().last()),
              "%s is not empty",
              object);
        }
      }
      default -> {}
    }
    removeOne(object);
  }

  private void alter(DatabaseObject before, DatabaseObject after, boolean rename, boolean rebuild) {
    demand(objects.contains(before), "%s is not there", before);
    if (!rename && before instanceof Table table && after instanceof Table other) {
      if (rebuild) {
        demandNothingOf(table.name(), before);
        demandUnbound(table.name(), before);
      } else {
        for (Column column : table.columns()) {
          Optional<Column> now = other.column(column.name(), rule);
          if (now.isEmpty() || !isSameOrMark(column, now.get())) {
            demandFree(table.name(), column, now);
          }
        }
      }
    } else if (!rename && before instanceof SqlModule module) {
      demandUnbound(module.name(), before);
      for (DatabaseObject object : objects) {
        demand(
            !(object instanceof Index index && rule.same(index.on(), module.name())),
            "%s has indexes, which vanish",
            before);
        demand(
            !(object instanceof Constraint && object.references().contains(module.name())),
            "%s is held by a constraint",
            before);
      }
    }
    objects.set(objects.indexOf(before), after);
  }

  private static boolean isSameOrMark(Column before, Column after) {
    return before.equals(after)
        || (before instanceof Column.Simple one
            && after instanceof Column.Simple two
            && one.dataType().equals(two.dataType())
            && one.nullable() == two.nullable()
            && Objects.equals(one.collation(), two.collation()));
  }

  private void demandFree(ObjectName table, Column column, Optional<Column> now) {
    boolean lengthened =
        now.isPresent()
            && column instanceof Column.Simple one
            && now.get() instanceof Column.Simple two
            && one.nullable() == two.nullable()
            && TypeChange.isLengthened(one.dataType(), two.dataType());
    for (DatabaseObject object : objects) {
      boolean uses =
          switch (object) {
            case KeyConstraint key ->
                rule.same(key.table(), table)
                    && keyNames(key.columns()).contains(column.name())
                    && (!lengthened || key.isPrimary());
            case Index index ->
                rule.same(index.on(), table)
                    && !lengthened
                    && (keyNames(index.columns()).contains(column.name())
                        || index.included().contains(column.name()));
            case ForeignKey key ->
                (rule.same(key.table(), table) && key.columns().contains(column.name()))
                    || (rule.same(key.foreignTable(), table)
                        && key.foreignColumns().contains(column.name()));
            case DefaultConstraint value ->
                !lengthened
                    && rule.same(value.table(), table)
                    && value.column().equals(column.name());
            case CheckConstraint check ->
                !lengthened && check.references().contains(table.child(column.name()));
            case SqlModule module ->
                module.schemaBound() && module.references().contains(table.child(column.name()));
            default -> false;
          };
      demand(!uses, "the column is used by %s", object);
    }
  }

  private void demandNothingOf(ObjectName owner, DatabaseObject object) {
    for (DatabaseObject other : objects) {
      boolean part =
          switch (other) {
            case Constraint constraint -> rule.same(constraint.table(), owner);
            case Index index -> rule.same(index.on(), owner);
            case SqlModule module -> module.parent() != null && rule.same(module.parent(), owner);
            case Permission permission ->
                permission.securable() != null && rule.same(permission.securable(), owner);
            default -> false;
          };
      demand(!part, object.title() + " still has %s", other);
    }
  }

  private void demandUnbound(ObjectName name, DatabaseObject object) {
    for (DatabaseObject other : objects) {
      boolean bound =
          other instanceof SqlModule module
              && module.schemaBound()
              && module.references().stream()
                  .anyMatch(reference ->
                      rule.same(reference, name)
                          || (reference.parts().size() > 2 && rule.same(reference.owner(), name)));
      demand(!bound, object.title() + " is bound by %s", other);
    }
  }

  private void demandNotPointedAt(
      ObjectName table, List<String> columns, Step step, DatabaseObject object) {
    for (DatabaseObject other : objects) {
      demand(
          !(other instanceof ForeignKey key
              && rule.same(key.foreignTable(), table)
              && Set.copyOf(key.foreignColumns()).equals(Set.copyOf(columns))),
          "%s is pointed at by " + other + " in " + step.title(),
          object);
    }
  }

  private boolean hasKey(ObjectName table, List<String> columns) {
    Set<String> wanted = Set.copyOf(columns);
    return objects.stream()
        .anyMatch(object ->
            switch (object) {
              case KeyConstraint key ->
                  rule.same(key.table(), table)
                      && Set.copyOf(keyNames(key.columns())).equals(wanted);
              case Index index ->
                  isKey(index)
                      && rule.same(index.on(), table)
                      && Set.copyOf(keyNames(index.columns())).equals(wanted);
              default -> false;
            });
  }

  /// A foreign key points at no filtered index.
  private static boolean isKey(Index index) {
    return index.unique() && index.filter() == null;
  }

  private void demandReferences(DatabaseObject object) {
    for (ObjectName reference : object.references()) {
      demandThere(reference.parts().size() > 2 ? reference.owner() : reference, object, null);
    }
  }

  private void demandThere(ObjectName name, DatabaseObject object, @Nullable Table self) {
    boolean there =
        (self != null && rule.same(self.name(), name))
            || objects.stream()
                .anyMatch(other -> other.name() != null && rule.same(other.name(), name));
    demand(there, "%s needs " + name, object);
  }

  private void demandColumns(ObjectName table, List<String> columns) {
    Table found =
        table(table).orElseThrow(() -> new IllegalStateException(table + " is not there"));
    for (String column : columns) {
      if (found.column(column, rule).isEmpty()) {
        throw new IllegalStateException("%s has no column %s".formatted(table, column));
      }
    }
  }

  private void demandSchema(String schema) {
    boolean there =
        schema.equals("dbo")
            || objects.stream()
                .anyMatch(object ->
                    object instanceof Schema other && rule.same(other.name().last(), schema));
    if (!there) {
      throw new IllegalStateException("there is no schema " + schema);
    }
  }

  private Optional<Table> table(ObjectName name) {
    return objects.stream()
        .filter(object -> object instanceof Table table && rule.same(table.name(), name))
        .map(Table.class::cast)
        .findFirst();
  }

  private Optional<SqlModule> module(ObjectName name) {
    return objects.stream()
        .filter(object -> object instanceof SqlModule module && rule.same(module.name(), name))
        .map(SqlModule.class::cast)
        .findFirst();
  }

  private boolean isThere(DatabaseObject object) {
    return (objects.contains(object) && object.name() != null)
        || objects.stream()
            .anyMatch(other ->
                other.type() == object.type()
                    && other.name() != null
                    && object.name() != null
                    && rule.same(other.name(), object.name()));
  }

  private void removeOne(DatabaseObject object) {
    objects.remove(object);
  }

  private static List<String> keyNames(List<KeyColumn> columns) {
    return columns.stream().map(KeyColumn::name).collect(Collectors.toList());
  }

  private static void demand(boolean holds, String sentence, DatabaseObject object) {
    if (!holds) {
      throw new IllegalStateException(sentence.formatted(object.type() + " " + object.title()));
    }
  }
}
