package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DefaultConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How columns are defined, in three columns of text: the names, the types, and all the rest.
final class ColumnText {

  private ColumnText() {}

  static List<String> aligned(List<NewColumn> columns) {
    List<Cells> cells = columns.stream().map(ColumnText::cells).toList();
    int name = width(cells, Cells::name);
    int type = width(cells, Cells::type);
    return cells.stream().map(line -> line.padded(name, type)).toList();
  }

  private static int width(List<Cells> cells, Function<Cells, String> cell) {
    return cells.stream().map(cell).mapToInt(String::length).max().orElse(0);
  }

  private static Cells cells(NewColumn made) {
    String name = ObjectName.quoted(made.column().name());
    return switch (made.column()) {
      case Column.Simple simple ->
          new Cells(
              name,
              TypeText.of(simple.dataType()),
              String.join(" ", features(simple, made.initially())));
      case Column.Computed computed -> new Cells(name, "AS", calculation(computed));
    };
  }

  private static List<String> features(
      Column.Simple column, @Nullable DefaultConstraint defaultConstraint) {
    List<String> features = new ArrayList<>();
    if (column.collation() != null) {
      features.add("COLLATE " + Words.collation(column.collation()));
    }
    if (column.sparse()) {
      features.add("SPARSE");
    }
    if (column.masking() != null) {
      features.add(masked(column.masking()));
    }
    if (column.identity() != null) {
      features.add(identity(column.identity()));
    }
    if (defaultConstraint != null) {
      features.add(ConstraintText.inlineDefault(defaultConstraint));
    }
    if (column.rowGuid()) {
      features.add("ROWGUIDCOL");
    }
    features.add(nullability(column));
    return features;
  }

  private static String identity(Column.Identity identity) {
    return "IDENTITY (%s, %s)%s"
        .formatted(
            identity.seed().toPlainString(),
            identity.increment().toPlainString(),
            identity.notForReplication() ? " NOT FOR REPLICATION" : "");
  }

  private static String calculation(Column.Computed column) {
    return ExpressionText.closed(column.expression())
        + (column.persisted() ? " PERSISTED" : "")
        + (column.nullable() ? "" : " NOT NULL");
  }

  static String nullability(Column.Simple column) {
    return column.nullable() ? "NULL" : "NOT NULL";
  }

  static String masked(String function) {
    return "MASKED WITH (FUNCTION = '%s')".formatted(function.replace("'", "''"));
  }

  private record Cells(String name, String type, String rest) {

    String padded(int nameWidth, int typeWidth) {
      return padded(name, nameWidth) + padded(type, typeWidth) + rest;
    }

    private static String padded(String text, int width) {
      return text + " ".repeat(width - text.length() + 1);
    }
  }
}
