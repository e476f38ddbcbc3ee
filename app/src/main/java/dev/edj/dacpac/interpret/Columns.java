package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns of tables and of table types.
final class Columns {

  static final ElementRule SIMPLE = simple("SqlSimpleColumn", "a column of a table");
  static final ElementRule COMPUTED =
      computed("SqlComputedColumn", "a calculated column of a table");
  static final ElementRule OF_TYPE = simple("SqlTableTypeSimpleColumn", "a column of a table type");
  static final ElementRule COMPUTED_OF_TYPE =
      computed("SqlTableTypeComputedColumn", "a calculated column of a table type");

  private static final String COLUMNS = "Columns";

  private Columns() {}

  private static ElementRule simple(String type, String title) {
    return ElementRule.of(type, title)
        .properties(
            "IsNullable",
            "IsIdentity",
            "IdentitySeed",
            "IdentityIncrement",
            "IdentityIsNotForReplication",
            "IsRowGuidColumn",
            "IsSparse",
            "Collation",
            "MaskingFunction")
        .relationships("TypeSpecifier")
        .refused(Kind.PROPERTY, Reasons.TEMPORAL, "GeneratedAlwaysType", "IsHidden")
        .refused(Kind.PROPERTY, "file streams", "IsFileStream")
        .refused(Kind.PROPERTY, "column sets", "IsColumnSet")
        .harmless(Kind.ANNOTATION, Reasons.DECLARED_INLINE, "SqlInlineConstraintAnnotation")
        .harmless(Kind.ANNOTATION, Reasons.OF_THE_MOMENT, "OnlinePropertyAnnotation");
  }

  private static ElementRule computed(String type, String title) {
    return ElementRule.of(type, title)
        .properties("ExpressionScript", "IsPersisted", "IsPersistedNullable")
        .relationships("ExpressionDependencies")
        .harmless(Kind.ANNOTATION, Reasons.DECLARED_INLINE, "SqlInlineConstraintAnnotation");
  }

  static List<Column> ofTable(Reading table, ObjectName name) throws Refusal {
    return all(table.context(), name, table.inline(COLUMNS, SIMPLE, COMPUTED), true);
  }

  /// Unlike those of tables, they are `NOT NULL` unless the package says otherwise.
  static List<Column> ofTableType(Reading type, ObjectName name) throws Refusal {
    return all(
        type.context(), name, type.inline(COLUMNS, OF_TYPE, COMPUTED_OF_TYPE, COMPUTED), false);
  }

  private static List<Column> all(
      Context context, ObjectName table, List<Reading> readings, boolean nullableOtherwise)
      throws Refusal {
    Elements elements = context.elements();
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Reading reading : readings) {
      reading.attempt(() -> {
        String name = reading.nameWithin(table);
        if (!names.add(elements.nameRule().key(name))) {
          throw new Refusal("there are two columns of this name");
        }
        columns.add(
            isComputed(reading)
                ? computed(reading, name)
                : simple(
                    reading, name, nullableOtherwise, elements.isInPrimaryKey(table.child(name))));
      });
    }
    if (readings.isEmpty()) {
      throw new Refusal("has no columns");
    }
    return columns;
  }

  private static boolean isComputed(Reading reading) {
    return reading.type().equals(COMPUTED.type()) || reading.type().equals(COMPUTED_OF_TYPE.type());
  }

  /// The server lets no identity and no column of a primary key be null, whatever is declared.
  private static Column.Simple simple(
      Reading reading, String name, boolean nullableOtherwise, boolean keyed) throws Refusal {
    DataType type = DataTypes.of(reading, "TypeSpecifier");
    Column.Identity identity = identity(reading);
    return new Column.Simple(
        name,
        type,
        reading.flag("IsNullable", nullableOtherwise) && identity == null && !keyed,
        identity,
        reading.flag("IsRowGuidColumn", false),
        reading.flag("IsSparse", false),
        reading.findText("Collation").orElse(null),
        reading.findText("MaskingFunction").orElse(null));
  }

  private static Column.@Nullable Identity identity(Reading reading) throws Refusal {
    if (!reading.flag("IsIdentity", false)) {
      return null;
    }
    return new Column.Identity(
        reading.findDecimal("IdentitySeed").orElse(BigDecimal.ONE),
        reading.findDecimal("IdentityIncrement").orElse(BigDecimal.ONE),
        reading.flag("IdentityIsNotForReplication", false));
  }

  private static Column.Computed computed(Reading reading, String name) throws Refusal {
    boolean persisted = reading.flag("IsPersisted", false);
    return new Column.Computed(
        name,
        reading.text("ExpressionScript"),
        persisted,
        !persisted || reading.flag("IsPersistedNullable", true),
        reading.dependencies("ExpressionDependencies"));
  }
}
