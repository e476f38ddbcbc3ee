package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.interpret.Elements.Target;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.ForeignKey.Action;
import dev.edj.dacpac.model.IndexOptions;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.ObjectType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The constraints of tables. One without a name is named by the server.
final class Constraints {

  private static final String TABLE = "DefiningTable";
  private static final String NOT_TRUSTED = "IsNotTrustedPropertyAnnotation";

  static final ElementRule PRIMARY_KEY = key("SqlPrimaryKeyConstraint", "a primary key");
  static final ElementRule UNIQUE = key("SqlUniqueConstraint", "a unique constraint");

  static final ElementRule FOREIGN_KEY =
      of("SqlForeignKeyConstraint", "a foreign key")
          .properties("OnDeleteAction", "OnUpdateAction", "IsNotForReplication", "IsDisabled")
          .relationships("Columns", "ForeignTable", "ForeignColumns")
          .annotations(NOT_TRUSTED);

  static final ElementRule CHECK =
      of("SqlCheckConstraint", "a condition on each row")
          .properties("CheckExpressionScript", "IsNotForReplication", "IsDisabled")
          .relationships("CheckExpressionDependencies")
          .annotations(NOT_TRUSTED);

  static final ElementRule DEFAULT =
      of("SqlDefaultConstraint", "a column's default")
          .properties("DefaultExpressionScript")
          .relationships("ForColumn", "ExpressionDependencies");

  static final List<Handled> HANDLED =
      List.of(
          new Handled(PRIMARY_KEY, reading -> key(reading, ObjectType.PRIMARY_KEY, true)),
          new Handled(UNIQUE, reading -> key(reading, ObjectType.UNIQUE, false)),
          new Handled(FOREIGN_KEY, Constraints::foreignKey),
          new Handled(CHECK, Constraints::check),
          new Handled(DEFAULT, Constraints::defaultConstraint));

  private Constraints() {}

  private static ElementRule of(String type, String title) {
    return ElementRule.of(type, title)
        .relationships(TABLE)
        .harmless(Kind.ANNOTATION, Reasons.DECLARED_INLINE, "SqlInlineConstraintAnnotation");
  }

  private static ElementRule key(String type, String title) {
    return Indexes.storage(of(type, title).properties("IsClustered"))
        .relationships(KeyColumns.SPECIFICATIONS);
  }

  /// @param clusteredOtherwise a primary key is clustered unless the package says otherwise, a
  ///   unique constraint is not
  private static KeyConstraint key(Reading reading, ObjectType type, boolean clusteredOtherwise)
      throws Refusal {
    ObjectName table = table(reading);
    IndexOptions options = Indexes.options(reading);
    return new KeyConstraint(
        name(reading),
        !reading.hasName(),
        type,
        table,
        reading.flag("IsClustered", clusteredOtherwise),
        KeyColumns.of(reading, table),
        options);
  }

  private static ForeignKey foreignKey(Reading reading) throws Refusal {
    ObjectName table = table(reading);
    ObjectName foreign = nameOf(reading.target("ForeignTable", "SqlTable"));
    List<String> columns = KeyColumns.someNamed(reading, "Columns", table);
    List<String> foreignColumns = KeyColumns.someNamed(reading, "ForeignColumns", foreign);
    if (columns.size() != foreignColumns.size()) {
      throw new Refusal(
          "has %d columns that point to %d".formatted(columns.size(), foreignColumns.size()));
    }
    return new ForeignKey(
        name(reading),
        !reading.hasName(),
        table,
        columns,
        foreign,
        foreignColumns,
        action(reading, "OnDeleteAction"),
        action(reading, "OnUpdateAction"),
        reading.flag("IsNotForReplication", false),
        !reading.isAnnotated(NOT_TRUSTED),
        !reading.flag("IsDisabled", false));
  }

  private static Action action(Reading reading, String property) throws Refusal {
    return switch (reading.findNumber(property, 0, 3).orElse(0)) {
      case 1 -> Action.CASCADE;
      case 2 -> Action.SET_NULL;
      case 3 -> Action.SET_DEFAULT;
      default -> Action.NO_ACTION;
    };
  }

  private static CheckConstraint check(Reading reading) throws Refusal {
    ObjectName table = table(reading);
    return new CheckConstraint(
        name(reading),
        !reading.hasName(),
        table,
        reading.text("CheckExpressionScript"),
        reading.flag("IsNotForReplication", false),
        !reading.isAnnotated(NOT_TRUSTED),
        !reading.flag("IsDisabled", false),
        references(reading, "CheckExpressionDependencies", table));
  }

  private static DefaultConstraint defaultConstraint(Reading reading) throws Refusal {
    ObjectName table = table(reading);
    return new DefaultConstraint(
        name(reading),
        !reading.hasName(),
        table,
        KeyColumns.only(reading, "ForColumn", table),
        reading.text("DefaultExpressionScript"),
        references(reading, "ExpressionDependencies", table));
  }

  /// The table, and what an expression speaks of beside its columns.
  static Set<ObjectName> references(Reading reading, String dependencies, ObjectName table)
      throws Refusal {
    Set<ObjectName> references = new HashSet<>(reading.dependencies(dependencies));
    references.add(table);
    return references;
  }

  private static @Nullable ObjectName name(Reading reading) throws Refusal {
    return reading.hasName() ? reading.name(2) : null;
  }

  private static ObjectName table(Reading reading) throws Refusal {
    return nameOf(reading.target(TABLE, "SqlTable"));
  }

  static ObjectName nameOf(Target target) throws Refusal {
    if (target.name() == null) {
      throw new Refusal("belongs to a %s that has no name".formatted(target.type()));
    }
    return target.name();
  }
}
