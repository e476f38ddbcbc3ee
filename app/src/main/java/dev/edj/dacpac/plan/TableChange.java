package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// How the columns of a table become what they are to be.
///
/// @param rebuilt whether the table is made anew and its rows are moved, because the columns cannot
///   be changed in place
/// @param why the reason for that; empty where the table is not rebuilt
/// @param dropped columns that go
/// @param added columns that come; where they are not last, the table is rebuilt
/// @param altered columns that change in place
record TableChange(
    Table before,
    Table after,
    boolean rebuilt,
    String why,
    List<Column> dropped,
    List<Column> added,
    List<Altered> altered) {

  /// A column that changes in place.
  ///
  /// @param base the built-in type by which the values are kept afterwards
  /// @param type what its change of type, if any, does to the values
  /// @param values whether type, nullability or collation change; otherwise only a mark such as
  ///   `ROWGUIDCOL`
  record Altered(
      Column.Simple before, Column.Simple after, DataType base, TypeChange type, boolean values) {

    /// Whether the server has no way from the old values to new ones.
    boolean losesValues() {
      return type == TypeChange.NOT_CONVERTIBLE;
    }

    /// Whether it only becomes longer, which most of what stands on it allows.
    boolean isLengthened() {
      return before.nullable() == after.nullable()
          && Objects.equals(before.collation(), after.collation())
          && TypeChange.isLengthened(before.dataType(), after.dataType());
    }
  }

  /// Compares one table with what it is to be.
  ///
  /// @return empty where nothing is to be done
  static Optional<TableChange> of(
      Table before,
      Table after,
      NameRule rule,
      Comparison comparison,
      Aliases aliases,
      boolean ignoreOrder) {
    List<Column> dropped = new ArrayList<>();
    List<Column> added = new ArrayList<>();
    List<Altered> altered = new ArrayList<>();
    Set<ObjectName> touched = new HashSet<>();
    List<Column> kept = new ArrayList<>();
    String why = "";
    for (Column column : before.columns()) {
      Column wanted = after.column(column.name(), rule).orElse(null);
      if (wanted != null && comparison.same(column, wanted)) {
        kept.add(column);
        continue;
      }
      touched.add(rule.key(before.name().child(column.name())));
      if (wanted == null) {
        dropped.add(column);
      } else if (column instanceof Column.Simple simple && wanted instanceof Column.Simple other) {
        kept.add(column);
        DataType base = aliases.of(other.dataType());
        TypeChange type = TypeChange.of(aliases.of(simple.dataType()), base);
        altered.add(
            new Altered(
                simple,
                comparison.withCollationThatCounts(simple, other),
                base,
                type,
                !comparison.sameValues(simple, other)));
        why = why.isEmpty() ? rebuildReason(simple, other, type, comparison) : why;
      } else {
        dropped.add(column);
        added.add(wanted);
        if (column instanceof Column.Simple || wanted instanceof Column.Simple) {
          why = "the column %s becomes, or was, a computed one".formatted(column.name());
        }
      }
    }
    for (Column column : List.copyOf(kept)) {
      if (column instanceof Column.Computed computed && speaksOf(computed, touched, rule)) {
        kept.remove(column);
        dropped.add(column);
        added.add(after.column(column.name(), rule).orElseThrow());
      }
    }
    for (Column column : after.columns()) {
      if (before.column(column.name(), rule).isEmpty()) {
        added.add(column);
      }
    }
    added.sort(Comparator.comparingInt(after.columns()::indexOf));
    List<String> order = new ArrayList<>(names(kept, rule));
    order.addAll(names(added, rule));
    boolean reordered = !ignoreOrder && !order.equals(names(after.columns(), rule));
    boolean sameSetting = comparison.sameSetting(before, after);
    if (dropped.isEmpty() && added.isEmpty() && altered.isEmpty() && !reordered && sameSetting) {
      return Optional.empty();
    }
    if (why.isEmpty() && !sameSetting) {
      why = "it was made under another setting of ANSI_NULLS";
    }
    if (why.isEmpty() && reordered) {
      why = "the order of its columns changes";
    }
    if (why.isEmpty() && kept.stream().noneMatch(Column.Simple.class::isInstance)) {
      why = "none of its columns stays, and a table has one at all times";
    }
    return Optional.of(
        new TableChange(before, after, !why.isEmpty(), why, dropped, added, altered));
  }

  private static boolean speaksOf(
      Column.Computed computed, Set<ObjectName> columns, NameRule rule) {
    return computed.references().stream().map(rule::key).anyMatch(columns::contains);
  }

  private static List<String> names(List<Column> columns, NameRule rule) {
    return columns.stream().map(column -> rule.key(column.name())).toList();
  }

  private static String rebuildReason(
      Column.Simple before, Column.Simple after, TypeChange type, Comparison comparison) {
    if (!comparison.sameIdentity(before.identity(), after.identity())) {
      return "IDENTITY of the column %s changes".formatted(before.name());
    }
    if (type == TypeChange.NOT_CONVERTIBLE) {
      return "the server does not convert the values of the column %s".formatted(before.name());
    }
    if (before.sparse() != after.sparse() && !comparison.sameValues(before, after)) {
      return "the column %s changes its type and SPARSE".formatted(before.name());
    }
    return "";
  }

  /// What of the old table can be moved into a new one.
  Table movable() {
    return before.with(
        before.columns().stream()
            .filter(column ->
                altered.stream().noneMatch(one -> one.losesValues() && one.before().equals(column)))
            .toList());
  }

  /// The table that a change in place leaves: its old columns in their order, then the new ones.
  Table result(NameRule rule) {
    List<Column> columns = new ArrayList<>();
    for (Column column : before.columns()) {
      if (!dropped.contains(column)) {
        columns.add(
            altered.stream()
                .filter(change -> rule.same(change.before().name(), column.name()))
                .<Column>map(Altered::after)
                .findFirst()
                .orElse(column));
      }
    }
    columns.addAll(added);
    return before.with(columns);
  }
}
