package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a table anew, with the rows that it has.
///
/// Rows are copied column by column into a table of another name, which then takes the place of the
/// old one. Values of other types are converted as an `INSERT` does it: what does not fit fails,
/// and nothing is changed.
///
/// Named constraints and indexes of the old table that are not dropped before would be in the way:
/// defaults keep their names, and foreign keys and schema-bound modules hold the old table.
///
/// @param before the table in the database, after its renames
/// @param after what it becomes; of the same name
/// @param keys all of its primary keys and unique constraints
/// @param defaults all of its defaults
/// @param clusteredIndex made before the rows are copied; absent where a key is clustered, or
///   nothing is
public record TableRebuild(
    Table before,
    Table after,
    List<KeyConstraint> keys,
    List<DefaultConstraint> defaults,
    @Nullable Index clusteredIndex,
    NameRule names) {

  private static final String TABLE_PREFIX = "tmp_ms_xx_";
  private static final String CONSTRAINT_PREFIX = "tmp_ms_xx_constraint_";
  private static final String INDEX_PREFIX = "tmp_ms_xx_index_";
  private static final int LONGEST_NAME = 128;

  public TableRebuild {
    keys = List.copyOf(keys);
    defaults = List.copyOf(defaults);
  }

  public List<String> batches() {
    return new SessionSettings(after.ansiNulls(), true).around(batch());
  }

  private String batch() {
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN TRANSACTION;");
    statements.add("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;");
    statements.add("SET XACT_ABORT ON;");
    statements.add(create());
    if (clusteredIndex != null) {
      statements.add(
          IndexStatements.create(
              clusteredIndex, temporary(INDEX_PREFIX, clusteredIndex.name()), temporaryTable()));
    }
    List<String> copied = copiedColumns();
    if (!copied.isEmpty()) {
      statements.add(copy(copied));
    }
    statements.add("DROP TABLE %s;".formatted(before.name()));
    statements.addAll(renames());
    statements.add("COMMIT TRANSACTION;");
    statements.add("SET TRANSACTION ISOLATION LEVEL READ COMMITTED;");
    return String.join("\n\n", statements);
  }

  private String create() {
    List<String> lines =
        new ArrayList<>(
            ColumnText.aligned(
                after.columns().stream()
                    .map(column -> new NewColumn(column, initially(column)))
                    .toList()));
    keys.forEach(key -> lines.add(definition(key)));
    return "CREATE TABLE %s (\n%s\n);".formatted(temporaryTable(), TableStatements.inside(lines));
  }

  private @Nullable DefaultConstraint initially(Column column) {
    return defaults.stream()
        .filter(constraint -> names.same(constraint.column(), column.name()))
        .findFirst()
        .orElse(null);
  }

  private String definition(KeyConstraint key) {
    ObjectName name = key.name();
    return name == null
        ? ConstraintText.of(key)
        : ConstraintText.of(key, ObjectName.of(temporary(CONSTRAINT_PREFIX, name)));
  }

  /// Those that both tables have, and into which values can be written.
  private List<String> copiedColumns() {
    return after.columns().stream()
        .filter(column -> isWritable(column) && before.column(column.name(), names).isPresent())
        .map(Column::name)
        .toList();
  }

  private static boolean isWritable(Column column) {
    return column instanceof Column.Simple simple
        && !(simple.dataType().builtIn() && simple.dataType().plainName().equals("timestamp"));
  }

  private String copy(List<String> columns) {
    boolean identity = columns.stream().anyMatch(this::isIdentity);
    List<String> order = order();
    String indent = order.isEmpty() ? "       " : "         ";
    return """
    IF EXISTS (SELECT TOP 1 1\s
               FROM   %1$s)
        BEGIN
    %2$s        INSERT INTO %3$s (%4$s)
            SELECT%5$s%6$s
            FROM  %5$s%1$s%7$s;
    %8$s    END\
    """
        .formatted(
            before.name(),
            identity ? identityInsert("ON") : "",
            temporaryTable(),
            ConstraintText.quoted(columns),
            order.isEmpty() ? " " : "   ",
            columns.stream()
                .map(ObjectName::quoted)
                .collect(Collectors.joining(",\n        " + indent)),
            order.isEmpty() ? "" : "\n        ORDER BY " + String.join(", ", order),
            identity ? identityInsert("OFF") : "");
  }

  private String identityInsert(String state) {
    return "        SET IDENTITY_INSERT %s %s;\n".formatted(temporaryTable(), state);
  }

  private boolean isIdentity(String column) {
    return after.column(column, names).stream()
        .anyMatch(found -> found instanceof Column.Simple simple && simple.identity() != null);
  }

  /// Rows come in the order of the new table, if the old one has what it takes.
  private List<String> order() {
    List<KeyColumn> clustered =
        clusteredIndex != null
            ? clusteredIndex.columns()
            : keys.stream()
                .filter(KeyConstraint::clustered)
                .findFirst()
                .map(KeyConstraint::columns)
                .orElse(List.of());
    boolean known =
        clustered.stream().allMatch(key -> before.column(key.name(), names).isPresent());
    return known && !clustered.isEmpty() ? List.of(IndexText.columns(clustered)) : List.of();
  }

  private List<String> renames() {
    List<String> renames = new ArrayList<>();
    renames.add(
        "EXECUTE sp_rename %s, %s;"
            .formatted(Literal.of(temporaryTable()), Literal.of(after.name().last())));
    if (clusteredIndex != null) {
      renames.add(
          rename(
              after.name().child(temporary(INDEX_PREFIX, clusteredIndex.name())),
              clusteredIndex.name(),
              "INDEX"));
    }
    for (KeyConstraint key : keys) {
      ObjectName name = key.name();
      if (name != null && !key.systemNamed()) {
        renames.add(
            rename(after.name().owner().child(temporary(CONSTRAINT_PREFIX, name)), name, "OBJECT"));
      }
    }
    return renames;
  }

  private static String rename(ObjectName from, ObjectName to, String what) {
    return "EXECUTE sp_rename %s, %s, %s;"
        .formatted(Literal.of(from), Literal.of(to.last()), Literal.of(what));
  }

  private ObjectName temporaryTable() {
    return after.name().owner().child(shortened(TABLE_PREFIX + after.name().last()));
  }

  private static String temporary(String prefix, ObjectName name) {
    return shortened(prefix + name.last() + "1");
  }

  /// A name that is too long is cut, and told from others that begin alike.
  private static String shortened(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    String mark = "_" + Integer.toHexString(name.hashCode());
    return name.substring(0, LONGEST_NAME - mark.length()) + mark;
  }
}
