package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.IndexOptions;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.Table;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Objects that a test makes, with few words.
final class Made {

  private Made() {}

  static DataType type(String name) {
    return DataType.builtIn(name, null, null, null);
  }

  static DataType text(String name, int length) {
    return DataType.builtIn(name, length, null, null);
  }

  static Column.Simple column(String name, DataType type, boolean nullable) {
    return new Column.Simple(name, type, nullable, null, false, false, null, null);
  }

  static Column.Simple nullable(String name, DataType type) {
    return column(name, type, true);
  }

  static Column.Simple required(String name, DataType type) {
    return column(name, type, false);
  }

  static Column.Simple counted(String name) {
    return new Column.Simple(
        name,
        type("int"),
        false,
        new Column.Identity(BigDecimal.ONE, BigDecimal.ONE, false),
        false,
        false,
        null,
        null);
  }

  static Table table(ObjectName name, Column... columns) {
    return new Table(name, List.of(columns), true);
  }

  static KeyConstraint primaryKey(@Nullable String name, ObjectName table, String... columns) {
    return key(ObjectType.PRIMARY_KEY, name, table, true, columns);
  }

  static KeyConstraint key(
      ObjectType type,
      @Nullable String name,
      ObjectName table,
      boolean clustered,
      String... columns) {
    return new KeyConstraint(
        name == null ? null : table.owner().child(name),
        name == null,
        type,
        table,
        clustered,
        Arrays.stream(columns).map(column -> new KeyColumn(column, true)).toList(),
        IndexOptions.DEFAULT);
  }

  static DefaultConstraint initially(
      @Nullable String name, ObjectName table, String column, String expression) {
    return new DefaultConstraint(
        name == null ? null : table.owner().child(name),
        name == null,
        table,
        column,
        expression,
        Set.of(table));
  }

  static CheckConstraint check(@Nullable String name, ObjectName table, String expression) {
    return new CheckConstraint(
        name == null ? null : table.owner().child(name),
        name == null,
        table,
        expression,
        false,
        true,
        true,
        Set.of(table));
  }

  static ForeignKey foreignKey(
      @Nullable String name, ObjectName table, String column, ObjectName to, String toColumn) {
    return new ForeignKey(
        name == null ? null : table.owner().child(name),
        name == null,
        table,
        List.of(column),
        to,
        List.of(toColumn),
        ForeignKey.Action.NO_ACTION,
        ForeignKey.Action.NO_ACTION,
        false,
        true,
        true);
  }
}
