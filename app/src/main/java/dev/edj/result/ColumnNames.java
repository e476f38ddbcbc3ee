package dev.edj.result;

import dev.edj.engine.rows.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names of columns as the keys of an object or a table: none empty and, whatever the case, none
/// twice.
public final class ColumnNames {

  private ColumnNames() {}

  /// A column without a name becomes `column` with its number; a name that is taken gets `_2`, `_3`
  /// and so on.
  ///
  /// @param taken names that stand before these
  public static List<String> unique(List<Column> columns, List<String> taken) {
    Set<String> used = new HashSet<>();
    taken.forEach(name -> used.add(key(name)));
    List<String> names = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      names.add(free(name.isEmpty() ? "column" + (i + 1) : name, used));
    }
    return names;
  }

  /// What is the same for names that differ in case only.
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String free(String name, Set<String> used) {
    String free = name;
    for (int n = 2; !used.add(key(free)); n++) {
      free = name + "_" + n;
    }
    return free;
  }
}
