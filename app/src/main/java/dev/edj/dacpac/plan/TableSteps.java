package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.plan.Operation.Kind;
import dev.edj.dacpac.tsql.NewColumn;
import dev.edj.dacpac.tsql.TableRebuild;
import dev.edj.dacpac.tsql.TableStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes the change of one table's columns.
final class TableSteps {

  private final Item.Columns item;
  private final TableChange change;
  private final NameRule rule;
  private final Function<DatabaseObject, List<Change>> goneWith;

  TableSteps(Item.Columns item, NameRule rule, Function<DatabaseObject, List<Change>> goneWith) {
    this.item = item;
    this.change = item.change();
    this.rule = rule;
    this.goneWith = goneWith;
  }

  Step step() {
    return change.rebuilt() ? rebuild() : alter();
  }

  private Step rebuild() {
    Table before = change.before();
    TableRebuild rebuild =
        new TableRebuild(
            change.movable(), change.after(), item.keys(), item.defaults(), item.clustered(), rule);
    List<Change> changes = new ArrayList<>(goneWith.apply(before));
    changes.add(new Change.Altered(before, change.after()));
    item.keys().forEach(key -> changes.add(new Change.Created(key)));
    item.defaults().forEach(value -> changes.add(new Change.Created(value)));
    if (item.clustered() != null) {
      changes.add(new Change.Created(item.clustered()));
    }
    return new Step(
        Phase.CHANGE,
        "Starting rebuilding table %s...".formatted(before.name()),
        rebuild.batches(),
        true,
        List.of(new Operation(Kind.TABLE_REBUILD, before.title(), before.type())),
        changes);
  }

  private Step alter() {
    Table before = change.before();
    ObjectName table = before.name();
    List<String> batches = new ArrayList<>();
    // Computed columns first: they may speak of the others.
    drop(change.dropped().stream().filter(Column.Computed.class::isInstance).toList(), batches);
    drop(change.dropped().stream().filter(Column.Simple.class::isInstance).toList(), batches);
    // Of one column before it is of another: a table has one.
    change.altered().stream()
        .filter(altered -> altered.before().rowGuid() && !altered.after().rowGuid())
        .forEach(altered ->
            batches.addAll(TableStatements.markRowGuid(table, altered.after().name(), false)));
    change.altered().forEach(altered -> alter(table, altered, batches));
    if (!change.added().isEmpty()) {
      batches.addAll(
          TableStatements.addColumns(
              table,
              change.added().stream()
                  .map(column -> new NewColumn(column, defaultOf(column)))
                  .toList()));
    }
    List<Change> changes = new ArrayList<>(goneWith.apply(before));
    changes.add(new Change.Altered(before, change.result(rule)));
    item.defaults().forEach(value -> changes.add(new Change.Created(value)));
    return new Step(
        Phase.CHANGE,
        "Altering %s...".formatted(table),
        batches,
        true,
        List.of(new Operation(Kind.ALTER, before.title(), before.type())),
        changes);
  }

  private void drop(List<Column> columns, List<String> batches) {
    if (!columns.isEmpty()) {
      batches.addAll(
          TableStatements.dropColumns(
              change.before().name(), columns.stream().map(Column::name).toList()));
    }
  }

  private void alter(ObjectName table, TableChange.Altered altered, List<String> batches) {
    Column.Simple before = altered.before();
    Column.Simple after = altered.after();
    if (altered.values()) {
      batches.addAll(TableStatements.alterColumn(table, after));
    }
    if (!before.rowGuid() && after.rowGuid()) {
      batches.addAll(TableStatements.markRowGuid(table, after.name(), true));
    }
    if (before.sparse() != after.sparse()) {
      batches.addAll(TableStatements.markSparse(table, after.name(), after.sparse()));
    }
    if (!Objects.equals(before.masking(), after.masking())) {
      batches.addAll(
          after.masking() == null
              ? TableStatements.unmask(table, after.name())
              : TableStatements.mask(table, after.name(), after.masking()));
    }
    Column.Identity was = before.identity();
    Column.Identity is = after.identity();
    if (was != null && is != null && was.notForReplication() != is.notForReplication()) {
      batches.addAll(
          TableStatements.markNotForReplication(table, after.name(), is.notForReplication()));
    }
  }

  private @Nullable DefaultConstraint defaultOf(Column column) {
    return item.defaults().stream()
        .filter(value -> rule.same(value.column(), column.name()))
        .findFirst()
        .orElse(null);
  }
}
