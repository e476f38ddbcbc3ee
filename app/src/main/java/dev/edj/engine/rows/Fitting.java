package dev.edj.engine.rows;

import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.ColumnType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares the columns of a result with those of the table that is to take them.
final class Fitting {

  private final Destination destination;
  private final TableName table;
  private final boolean addsColumns;
  private final int own;
  private final List<Column> columns;
  private final List<TableColumn> there;

  /// @param columns those that EDJ adds, `own` in number, then those of the result
  Fitting(
      Destination destination,
      TableName table,
      boolean addsColumns,
      int own,
      List<Column> columns,
      List<TableColumn> there) {
    this.destination = destination;
    this.table = table;
    this.addsColumns = addsColumns;
    this.own = own;
    this.columns = columns;
    this.there = there;
  }

  /// The columns that the table has to get first; fails when it may not, or when another one does
  /// not fit, so that no table is changed for nothing.
  List<Column> missing() throws TargetException {
    List<Column> missing = new ArrayList<>();
    for (Column column : columns) {
      Optional<TableColumn> target = find(column);
      if (target.isPresent()) {
        refuseUnlessItFits(column, target.get());
      } else if (addsColumns) {
        missing.add(column);
      } else {
        throw refusal(
            "the table %s has no column '%s' (%s); create it, or have the job add the columns that are missing"
                .formatted(table, column.name(), destination.typeName(column.type())));
      }
    }
    refuseRequired();
    return missing;
  }

  /// To be asked when nothing is missing.
  Layout layout() {
    return new Layout(
        table, columns, own, columns.stream().map(column -> find(column).orElseThrow()).toList());
  }

  private Optional<TableColumn> find(Column column) {
    Optional<TableColumn> exact =
        there.stream().filter(target -> target.name().equals(column.name())).findFirst();
    return exact.isPresent()
        ? exact
        : there.stream()
            .filter(target -> destination.isSameName(column.name(), target.name()))
            .findFirst();
  }

  private void refuseUnlessItFits(Column column, TableColumn target) throws TargetException {
    if (target.computed()) {
      throw refusal(
          "column '%s' of the table %s is computed by the server and cannot be written"
              .formatted(target.name(), table));
    }
    ColumnType type = target.type();
    if (!fits(column.type().kind(), type == null ? null : type.kind())) {
      throw refusal(
          "column '%s' of the table %s is %s, which does not take the result's %s"
              .formatted(
                  target.name(), table, target.typeName(), destination.typeName(column.type())));
    }
  }

  /// Whether values of one kind can go into columns of the other: nothing may get lost on the way
  /// without an error.
  private boolean fits(Kind from, @Nullable Kind to) {
    if (to == null) {
      return from == Kind.TEXT && destination.readsEveryTypeFromText();
    }
    return to == from
        || (to == Kind.TEXT && from != Kind.BINARY)
        || switch (from) {
          case BOOLEAN -> isExact(to);
          case SMALLINT, INTEGER, BIGINT -> takesInteger(from, to);
          case DECIMAL -> isExact(to);
          case REAL -> to == Kind.DOUBLE;
          case DOUBLE -> to == Kind.REAL;
          case DATE -> to == Kind.TIMESTAMP;
          case TIMESTAMP_WITH_ZONE -> to == Kind.TIMESTAMP && !destination.keepsZones();
          case TEXT, BINARY, TIME, TIMESTAMP, UUID, JSON, XML -> false;
        };
  }

  private static boolean isExact(Kind to) {
    return switch (to) {
      case SMALLINT, INTEGER, BIGINT, DECIMAL -> true;
      case BOOLEAN, REAL, DOUBLE, TEXT, BINARY, DATE, TIME -> false;
      case TIMESTAMP, TIMESTAMP_WITH_ZONE, UUID, JSON, XML -> false;
    };
  }

  /// A float holds integers of up to 24 bits, a double of up to 53.
  private static boolean takesInteger(Kind from, Kind to) {
    return isExact(to)
        || to == Kind.BOOLEAN
        || (to == Kind.DOUBLE && from != Kind.BIGINT)
        || (to == Kind.REAL && from == Kind.SMALLINT);
  }

  private void refuseRequired() throws TargetException {
    List<TableColumn> written = columns.stream().map(this::find).flatMap(Optional::stream).toList();
    for (TableColumn column : there) {
      if (column.required() && !written.contains(column)) {
        throw refusal(
            "column '%s' of the table %s may not be NULL and has no default, and the result has no such column"
                .formatted(column.name(), table));
      }
    }
  }

  static TargetException refusal(String message) {
    return new TargetException(TargetError.of(TargetError.Kind.STATEMENT, message, false, null));
  }
}
