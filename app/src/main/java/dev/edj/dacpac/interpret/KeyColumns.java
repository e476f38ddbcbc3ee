package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.Elements.Target;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.NameRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The columns of keys and indexes.
final class KeyColumns {

  static final ElementRule COLUMN =
      ElementRule.of("SqlIndexedColumnSpecification", "a column of a key or an index")
          .properties("IsAscending")
          .relationships("Column");
  static final ElementRule COLUMN_OF_TYPE =
      ElementRule.of("SqlTableTypeIndexedColumnSpecification", "a column of a key of a table type")
          .properties("IsAscending")
          .relationships("Column");

  static final String SPECIFICATIONS = "ColumnSpecifications";

  private static final String[] COLUMNS = {
    "SqlSimpleColumn", "SqlComputedColumn", "SqlTableTypeSimpleColumn", "SqlTableTypeComputedColumn"
  };

  private KeyColumns() {}

  /// @param table that the columns are to be of; of an index, possibly a view
  static List<KeyColumn> of(Reading reading, ObjectName table) throws Refusal {
    List<KeyColumn> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Reading column : reading.inline(SPECIFICATIONS, COLUMN, COLUMN_OF_TYPE)) {
      String name = name(column.target("Column", COLUMNS), table, nameRule(reading));
      names.add(name);
      columns.add(new KeyColumn(name, column.flag("IsAscending", true)));
    }
    requireSome(SPECIFICATIONS, names, nameRule(reading));
    return columns;
  }

  /// Columns that are named without more.
  static List<String> named(Reading reading, String relationship, ObjectName table) throws Refusal {
    List<String> names = new ArrayList<>();
    for (Target column : reading.targets(relationship, COLUMNS)) {
      names.add(name(column, table, nameRule(reading)));
    }
    return names;
  }

  static List<String> someNamed(Reading reading, String relationship, ObjectName table)
      throws Refusal {
    List<String> names = named(reading, relationship, table);
    requireSome(relationship, names, nameRule(reading));
    return names;
  }

  private static void requireSome(String relationship, List<String> names, NameRule nameRule)
      throws Refusal {
    if (names.isEmpty()) {
      throw new Refusal("%s names no column".formatted(relationship));
    }
    Set<String> different = new HashSet<>();
    for (String name : names) {
      if (!different.add(nameRule.key(name))) {
        throw new Refusal("%s names %s twice".formatted(relationship, ObjectName.quoted(name)));
      }
    }
  }

  static String only(Reading reading, String relationship, ObjectName table) throws Refusal {
    List<String> names = someNamed(reading, relationship, table);
    if (names.size() != 1) {
      throw new Refusal("%s names %d columns, not one".formatted(relationship, names.size()));
    }
    return names.getFirst();
  }

  private static String name(Target column, ObjectName table, NameRule nameRule) throws Refusal {
    ObjectName name = column.name();
    if (name == null || name.parts().size() < 2 || !nameRule.same(name.owner(), table)) {
      throw new Refusal("speaks of %s, which is no column of %s".formatted(name, table));
    }
    return name.last();
  }

  private static NameRule nameRule(Reading reading) {
    return reading.context().elements().nameRule();
  }
}
