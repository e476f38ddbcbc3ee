package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.IndexOptions;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.TableType;
import java.util.ArrayList;
import java.util.List;

/// Types whose values are tables.
final class TableTypes {

  static final ElementRule TABLE_TYPE =
      ElementRule.of("SqlTableType", "a type whose values are tables")
          .relationships("Columns", "Constraints", Names.SCHEMA)
          .refused(Kind.RELATIONSHIP, "indexes of a table type", "Indexes")
          .refused(Kind.PROPERTY, "memory-optimized types", "IsMemoryOptimized")
          .harmless(
              Kind.ANNOTATION,
              Reasons.DECLARED_INLINE,
              "SqlInlineConstraintAnnotation",
              "SqlInlineIndexAnnotation");

  static final ElementRule PRIMARY_KEY =
      key("SqlTableTypePrimaryKeyConstraint", "a primary key of a table type");
  static final ElementRule UNIQUE =
      key("SqlTableTypeUniqueConstraint", "a unique constraint of a table type");
  static final ElementRule CHECK =
      constraint("SqlTableTypeCheckConstraint", "a condition on each row of a table type")
          .properties("CheckExpressionScript")
          .relationships("CheckExpressionDependencies");
  static final ElementRule DEFAULT =
      constraint("SqlTableTypeDefaultConstraint", "a default of a table type's column")
          .properties("DefaultExpressionScript")
          .relationships("ForColumn", "ExpressionDependencies");

  static final List<Handled> HANDLED = List.of(new Handled(TABLE_TYPE, TableTypes::tableType));

  private TableTypes() {}

  private static ElementRule constraint(String type, String title) {
    return ElementRule.of(type, title)
        .harmless(Kind.ANNOTATION, Reasons.DECLARED_INLINE, "SqlInlineConstraintAnnotation");
  }

  private static ElementRule key(String type, String title) {
    return constraint(type, title)
        .properties("IsClustered")
        .relationships(KeyColumns.SPECIFICATIONS);
  }

  private static TableType tableType(Reading reading) throws Refusal {
    ObjectName name = Names.inSchema(reading);
    List<Constraint> constraints = new ArrayList<>();
    for (Reading constraint : reading.inline("Constraints", PRIMARY_KEY, UNIQUE, CHECK, DEFAULT)) {
      constraint.attempt(() -> constraints.add(constraint(constraint, name)));
    }
    return new TableType(name, Columns.ofTableType(reading, name), constraints);
  }

  private static Constraint constraint(Reading reading, ObjectName table) throws Refusal {
    if (reading.hasName()) {
      throw new Refusal("has a name, which no constraint of a table type has");
    }
    return switch (reading.type()) {
      case "SqlTableTypePrimaryKeyConstraint" -> key(reading, ObjectType.PRIMARY_KEY, table);
      case "SqlTableTypeUniqueConstraint" -> key(reading, ObjectType.UNIQUE, table);
      case "SqlTableTypeCheckConstraint" -> check(reading, table);
      default -> defaultConstraint(reading, table);
    };
  }

  /// Unlike that of a table, it is clustered only where the package says so.
  private static KeyConstraint key(Reading reading, ObjectType type, ObjectName table)
      throws Refusal {
    return new KeyConstraint(
        null,
        true,
        type,
        table,
        reading.flag("IsClustered", false),
        KeyColumns.of(reading, table),
        IndexOptions.DEFAULT);
  }

  private static CheckConstraint check(Reading reading, ObjectName table) throws Refusal {
    return new CheckConstraint(
        null,
        true,
        table,
        reading.text("CheckExpressionScript"),
        false,
        true,
        true,
        Constraints.references(reading, "CheckExpressionDependencies", table));
  }

  private static DefaultConstraint defaultConstraint(Reading reading, ObjectName table)
      throws Refusal {
    return new DefaultConstraint(
        null,
        true,
        table,
        KeyColumns.only(reading, "ForColumn", table),
        reading.text("DefaultExpressionScript"),
        Constraints.references(reading, "ExpressionDependencies", table));
  }
}
