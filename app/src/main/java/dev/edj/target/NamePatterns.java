package dev.edj.target;

import dev.edj.credential.Wildcards;
import dev.edj.engine.Engine;
import dev.edj.engine.SqlServer;
import dev.edj.problem.EdjException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which databases belong to a group by their names: those that a pattern includes (all, when none
/// does any) and none excludes.
///
/// @param ignoresCase as SQL Server does with the names of databases
record NamePatterns(List<String> included, List<String> excluded, boolean ignoresCase) {

  private static final int MOST = 100;
  private static final int LONGEST = 256;

  static NamePatterns of(
      @Nullable List<String> included, @Nullable List<String> excluded, Engine engine) {
    return new NamePatterns(orNone(included), orNone(excluded), engine instanceof SqlServer);
  }

  /// The patterns, or an [EdjException] that names the field.
  static List<String> checked(String field, List<String> patterns) {
    if (patterns.size() > MOST) {
      throw EdjException.invalid(field, "has more than %,d patterns".formatted(MOST));
    }
    for (String pattern : patterns) {
      if (pattern.isBlank() || pattern.length() > LONGEST || pattern.indexOf(0) >= 0) {
        throw EdjException.invalid(
            field, "a pattern has 1 to %,d characters and is not blank".formatted(LONGEST));
      }
    }
    return patterns.stream().distinct().toList();
  }

  boolean isEmpty() {
    return included.isEmpty() && excluded.isEmpty();
  }

  boolean match(String database) {
    return (included.isEmpty() || matchesAny(included, database))
        && !matchesAny(excluded, database);
  }

  private boolean matchesAny(List<String> patterns, String database) {
    return patterns.stream()
        .anyMatch(pattern -> Wildcards.match(comparable(pattern), comparable(database)));
  }

  private String comparable(String text) {
    return ignoresCase ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static List<String> orNone(@Nullable List<String> patterns) {
    return patterns == null ? List.of() : patterns;
  }
}
