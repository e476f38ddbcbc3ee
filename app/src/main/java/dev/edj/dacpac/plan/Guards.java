package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.plan.Work.Fate;
import dev.edj.dacpac.tsql.DataLossGuard;
import dev.edj.dacpac.tsql.TypeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What would be lost. Each table that would lose something is guarded: the deployment stops there
/// if it has rows.
final class Guards {

  private final Work work;
  private final Renames renames;
  private final NameRule rule;
  private final Set<ObjectName> withDefault = new HashSet<>();
  private final Map<ObjectName, List<String>> reasons = new LinkedHashMap<>();

  Guards(Work work, Renames renames, NameRule rule) {
    this.work = work;
    this.renames = renames;
    this.rule = rule;
    for (DatabaseObject object : work.created()) {
      if (object instanceof DefaultConstraint value) {
        withDefault.add(rule.key(value.table().child(value.column())));
      }
    }
    for (DatabaseObject object : work.with(Fate.DROPPED)) {
      if (object instanceof Table table) {
        add(table, "The table %s is being dropped, data loss could occur.".formatted(table.name()));
      }
    }
    work.tables().forEach(this::look);
  }

  /// They stand before the renames, and speak of tables by their old names.
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    reasons.forEach((table, why) ->
        steps.add(
            new Step(
                Phase.DATA_LOSS_GUARD,
                "Looking for rows in %s".formatted(renames.before(table)),
                List.of(DataLossGuard.batch(renames.before(table), why)),
                true,
                List.of(),
                List.of())));
    return steps;
  }

  List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    reasons.forEach((table, why) ->
        why.forEach(
            reason -> alerts.add(new Alert(Alert.Kind.DATA_ISSUE, reason, table.toString()))));
    for (TableChange change : work.tables()) {
      if (change.rebuilt()) {
        alerts.add(
            new Alert(
                Alert.Kind.DATA_MOTION,
                "The table %s is rebuilt and its rows are moved, because %s."
                    .formatted(change.before().name(), change.why()),
                change.before().name().toString()));
      }
    }
    return alerts;
  }

  private void look(TableChange change) {
    Table table = change.before();
    for (Column column : change.dropped()) {
      if (column instanceof Column.Simple
          && change
              .after()
              .column(column.name(), rule)
              .filter(Column.Simple.class::isInstance)
              .isEmpty()) {
        add(
            table,
            "The column %s is being dropped, data loss could occur."
                .formatted(table.name().child(column.name())));
      }
    }
    for (Column column : change.added()) {
      if (column instanceof Column.Simple simple && needsValue(table, simple)) {
        add(
            table,
            ("The column %s on table %s must be added, but the column has no default value and does"
                    + " not allow NULL values. If the table contains data, the ALTER script will not"
                    + " work. To avoid this issue you must either: add a default value to the column,"
                    + " or mark it as allowing NULL values.")
                .formatted(table.name().child(column.name()), table.name()));
      }
    }
    change.altered().forEach(altered -> look(table, altered));
  }

  private boolean needsValue(Table table, Column.Simple column) {
    return !column.nullable()
        && column.identity() == null
        && !column.dataType().plainName().equals("timestamp")
        && !withDefault.contains(rule.key(table.name().child(column.name())));
  }

  private void look(Table table, TableChange.Altered altered) {
    Column.Simple before = altered.before();
    Column.Simple after = altered.after();
    if (!altered.values()) {
      return;
    }
    if (altered.type() != TypeChange.SAFE) {
      add(
          table,
          ("The type for column %s in table %s is currently %s %s but is being changed to %s %s. "
                  + (altered.losesValues()
                      ? "There is no implicit conversion, and the values of the column would be lost."
                      : "Data loss could occur."))
              .formatted(
                  before.name(),
                  table.name(),
                  TypeText.of(before.dataType()),
                  nullability(before),
                  TypeText.of(after.dataType()),
                  nullability(after)));
    }
    if (isOneByte(altered.base()) && !Objects.equals(before.collation(), after.collation())) {
      add(
          table,
          ("The collation of column %s in table %s is being changed, and with it what its bytes"
                  + " stand for. Data loss could occur.")
              .formatted(before.name(), table.name()));
    }
    if (before.nullable() && !after.nullable()) {
      add(
          table,
          ("The column %s on table %s must be changed from NULL to NOT NULL. If the table contains"
                  + " data, the ALTER script may not work. To avoid this issue, you must add values to"
                  + " this column for all rows or mark it as allowing NULL values.")
              .formatted(table.name().child(before.name()), table.name()));
    }
  }

  private static String nullability(Column.Simple column) {
    return column.nullable() ? "NULL" : "NOT NULL";
  }

  private static boolean isOneByte(DataType type) {
    return type.plainName().equals("char") || type.plainName().equals("varchar");
  }

  private void add(Table table, String reason) {
    reasons.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(reason);
  }
}
