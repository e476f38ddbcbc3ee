package dev.edj.dacpac.tsql;

import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import java.util.ArrayList;
import java.util.List;

/// Changes a constraint whose name only the server knows, by what it is on. A condition is on
/// nothing that would tell it from others: the youngest of its table without a name is taken.
final class UnnamedConstraint {

  private UnnamedConstraint() {}

  static String alter(Constraint constraint, String change) {
    return """
    DECLARE @statement AS NVARCHAR (MAX);

    SELECT TOP (1) @statement = %s + QUOTENAME([found].[name])
    FROM   %s AS [found]
    WHERE  [found].[parent_object_id] = OBJECT_ID(%s)
           AND [found].[is_system_named] = 1%s
    ORDER BY [found].[create_date] DESC, [found].[object_id] DESC;

    IF @statement IS NULL
        RAISERROR (%s, 16, 127);

    EXECUTE sp_executesql @statement;\
    """
        .formatted(
            Literal.of("ALTER TABLE %s %s ".formatted(constraint.table(), change)),
            catalogView(constraint),
            Literal.of(constraint.table()),
            conditions(constraint) + unchecked(constraint, change),
            Literal.of("There is no such constraint without a name."));
  }

  private static String catalogView(Constraint constraint) {
    return switch (constraint) {
      case CheckConstraint _ -> "[sys].[check_constraints]";
      case DefaultConstraint _ -> "[sys].[default_constraints]";
      case ForeignKey _ -> "[sys].[foreign_keys]";
      case KeyConstraint _ -> "[sys].[key_constraints]";
    };
  }

  /// Of several conditions without a name each is checked once: what has been is trusted.
  private static String unchecked(Constraint constraint, String change) {
    return constraint instanceof CheckConstraint check
            && !check.notForReplication()
            && change.startsWith("WITH CHECK")
        ? and("[found].[is_not_trusted] = 1") + and("[found].[is_not_for_replication] = 0")
        : "";
  }

  private static String conditions(Constraint constraint) {
    return switch (constraint) {
      case CheckConstraint _ -> "";
      case DefaultConstraint initially ->
          and(
              "COL_NAME([found].[parent_object_id], [found].[parent_column_id]) = "
                  + Literal.of(initially.column()));
      case ForeignKey key ->
          and(
                  "[found].[referenced_object_id] = OBJECT_ID(%s)"
                      .formatted(Literal.of(key.foreignTable())))
              + columns(
                  key.columns(),
                  "[sys].[foreign_key_columns]",
                  "[part].[constraint_object_id] = [found].[object_id]",
                  "constraint_column_id",
                  "parent_column_id");
      case KeyConstraint key ->
          and("[found].[type] = '%s'".formatted(key.isPrimary() ? "PK" : "UQ"))
              + columns(
                  key.columns().stream().map(KeyColumn::name).toList(),
                  "[sys].[index_columns]",
                  "[part].[object_id] = [found].[parent_object_id] AND [part].[index_id] = [found].[unique_index_id]",
                  "key_ordinal",
                  "column_id");
    };
  }

  /// It has these columns in this order, and no others.
  private static String columns(
      List<String> names, String parts, String belongs, String ordinal, String column) {
    List<String> conditions = new ArrayList<>();
    conditions.add(
        "(SELECT COUNT(*) FROM %s AS [part] WHERE %s) = %d"
            .formatted(parts, belongs, names.size()));
    for (int i = 0; i < names.size(); i++) {
      conditions.add(
          "EXISTS (SELECT 1 FROM %s AS [part] WHERE %s AND [part].[%s] = %d AND COL_NAME([found].[parent_object_id], [part].[%s]) = %s)"
              .formatted(parts, belongs, ordinal, i + 1, column, Literal.of(names.get(i))));
    }
    return and(String.join("\n       AND ", conditions));
  }

  private static String and(String condition) {
    return "\n       AND " + condition;
  }
}
