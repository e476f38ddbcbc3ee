package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds foreign keys that the server would not take in the end.
final class ForeignKeys {

  private final Work work;
  private final NameRule rule;
  private final Comparison comparison;
  private final Aliases aliases;

  ForeignKeys(Work work, NameRule rule, Comparison comparison, Aliases aliases) {
    this.work = work;
    this.rule = rule;
    this.comparison = comparison;
    this.aliases = aliases;
  }

  void refuse(Refusals refusals) {
    refuseOrphans(refusals);
    refuseParted(refusals);
  }

  /// A foreign key of a table that the package does not describe may point at a key that goes.
  private void refuseOrphans(Refusals refusals) {
    Keys keys = new Keys(rule);
    List<DatabaseObject> created = work.created();
    work.present().stream().filter(object -> !work.goes(object)).forEach(keys::add);
    created.forEach(keys::add);
    for (DatabaseObject object : created) {
      if (object instanceof ForeignKey key && !keys.hasKeyFor(key)) {
        refusals.add(
            "the foreign key %s of %s points at columns of %s that are no key any more"
                .formatted(key.title(), key.table(), key.foreignTable()));
      }
    }
  }

  /// A foreign key that the package does not describe, and that was dropped for a change of types,
  /// cannot come back where its columns have other types than those that they point at.
  private void refuseParted(Refusals refusals) {
    Map<ObjectName, Table> before = new HashMap<>();
    Map<ObjectName, Table> after = new HashMap<>();
    for (DatabaseObject object : work.present()) {
      if (object instanceof Table table) {
        before.put(rule.key(table.name()), table);
        work.wanted(table).ifPresent(wanted -> after.put(rule.key(table.name()), (Table) wanted));
      }
    }
    for (DatabaseObject object : work.present()) {
      if (object instanceof ForeignKey key && work.goes(key) && work.isKeptUnwanted(key)) {
        for (int i = 0; i < key.columns().size(); i++) {
          Column from = column(after, key.table(), key.columns().get(i));
          Column to = column(after, key.foreignTable(), key.foreignColumns().get(i));
          boolean changed =
              !sameType(from, column(before, key.table(), key.columns().get(i)))
                  || !sameType(to, column(before, key.foreignTable(), key.foreignColumns().get(i)));
          if (changed && !sameType(from, to)) {
            refusals.add(
                "the type of %s would change, and the foreign key %s, which the package does not"
                        .formatted(
                            key.foreignTable().child(key.foreignColumns().get(i)), key.title())
                    + " describe, points at it from %s"
                        .formatted(key.table().child(key.columns().get(i))));
          }
        }
      }
    }
  }

  private @Nullable Column column(Map<ObjectName, Table> tables, ObjectName table, String name) {
    Table found = tables.get(rule.key(table));
    return found == null ? null : found.column(name, rule).orElse(null);
  }

  /// Of what is not known nothing is said.
  private boolean sameType(@Nullable Column one, @Nullable Column other) {
    return !(one instanceof Column.Simple simple && other instanceof Column.Simple another)
        || (aliases.of(simple.dataType()).equals(aliases.of(another.dataType()))
            && comparison.sameCollation(simple, another));
  }

  /// Which columns of which tables are unique.
  private static final class Keys {

    private final NameRule rule;
    private final Map<ObjectName, List<Set<String>>> byTable = new HashMap<>();

    Keys(NameRule rule) {
      this.rule = rule;
    }

    void add(DatabaseObject object) {
      switch (object) {
        case KeyConstraint key -> add(key.table(), key.columns());
        case Index index when index.unique() && index.filter() == null ->
            add(index.on(), index.columns());
        default -> {
          // Makes nothing unique.
        }
      }
    }

    private void add(ObjectName table, List<KeyColumn> columns) {
      byTable
          .computeIfAbsent(rule.key(table), key -> new ArrayList<>())
          .add(columns.stream().map(column -> rule.key(column.name())).collect(Collectors.toSet()));
    }

    boolean hasKeyFor(ForeignKey key) {
      Set<String> columns =
          key.foreignColumns().stream().map(rule::key).collect(Collectors.toSet());
      return byTable.getOrDefault(rule.key(key.foreignTable()), List.of()).contains(columns);
    }
  }
}
