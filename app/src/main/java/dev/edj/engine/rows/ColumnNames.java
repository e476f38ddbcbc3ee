package dev.edj.engine.rows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BinaryOperator;

/// Gives each column of a result a name of its own.
final class ColumnNames {

  private ColumnNames() {}

  /// An empty name becomes `column` and the column's number, from 1; a name that was there before,
  /// in whatever case, gets `_2`, `_3`, …; NUL characters, which no server takes, are left out.
  static List<String> unique(List<String> names) {
    return unique(names, String::concat);
  }

  /// @param join a name, cut where its server would cut it, and what has to stand behind it
  static List<String> unique(List<String> names, BinaryOperator<String> join) {
    Set<String> taken = new HashSet<>();
    List<String> unique = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      String given = names.get(i).replace("\0", "");
      String name = given.isBlank() ? "column" + (i + 1) : given;
      String candidate = join.apply(name, "");
      for (int number = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); number++) {
        candidate = join.apply(name, "_" + number);
      }
      unique.add(candidate);
    }
    return List.copyOf(unique);
  }

  /// The columns with these names instead.
  static List<Column> renamed(List<Column> columns, List<String> names) {
    List<Column> renamed = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      renamed.add(new Column(names.get(i), columns.get(i).type()));
    }
    return renamed;
  }
}
