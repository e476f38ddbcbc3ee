package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.KeyConstraint;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How constraints are defined, in a table and by themselves.
final class ConstraintText {

  private ConstraintText() {}

  /// With its name, if somebody gave it one.
  static String of(Constraint constraint) {
    return named(constraint, constraint.name()) + definition(constraint);
  }

  static String of(KeyConstraint key, ObjectName name) {
    return named(key, name) + definition(key);
  }

  static String inlineDefault(DefaultConstraint constraint) {
    return named(constraint, constraint.name()) + initially(constraint);
  }

  private static String named(Constraint constraint, @Nullable ObjectName name) {
    return constraint.systemNamed() || name == null
        ? ""
        : "CONSTRAINT %s ".formatted(ObjectName.quoted(name.last()));
  }

  private static String definition(Constraint constraint) {
    return switch (constraint) {
      case KeyConstraint key -> key(key);
      case CheckConstraint check -> check(check);
      case DefaultConstraint initially ->
          "%s FOR %s".formatted(initially(initially), ObjectName.quoted(initially.column()));
      case ForeignKey foreignKey -> foreignKey(foreignKey);
    };
  }

  private static String key(KeyConstraint key) {
    return "%s %s (%s)%s"
        .formatted(
            key.isPrimary() ? "PRIMARY KEY" : "UNIQUE",
            key.clustered() ? "CLUSTERED" : "NONCLUSTERED",
            IndexText.columns(key.columns()),
            IndexText.options(key.options()));
  }

  private static String check(CheckConstraint check) {
    return "CHECK %s%s"
        .formatted(
            check.notForReplication() ? "NOT FOR REPLICATION " : "",
            ExpressionText.parenthesised(check.expression()));
  }

  private static String initially(DefaultConstraint constraint) {
    return "DEFAULT " + ExpressionText.closed(constraint.expression());
  }

  private static String foreignKey(ForeignKey key) {
    return "FOREIGN KEY (%s) REFERENCES %s (%s)%s%s%s"
        .formatted(
            quoted(key.columns()),
            key.foreignTable(),
            quoted(key.foreignColumns()),
            action(" ON DELETE ", key.onDelete()),
            action(" ON UPDATE ", key.onUpdate()),
            key.notForReplication() ? " NOT FOR REPLICATION" : "");
  }

  private static String action(String when, ForeignKey.Action action) {
    return switch (action) {
      case NO_ACTION -> "";
      case CASCADE -> when + "CASCADE";
      case SET_NULL -> when + "SET NULL";
      case SET_DEFAULT -> when + "SET DEFAULT";
    };
  }

  static String quoted(List<String> names) {
    return names.stream().map(ObjectName::quoted).collect(Collectors.joining(", "));
  }
}
