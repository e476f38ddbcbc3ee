package dev.edj.dacpac.tsql;

import java.util.Map;
import java.util.Set;

/// The parts of dates and times, by all the names that they have.
final class DateParts {

  private static final Set<String> FUNCTIONS =
      Set.of(
          "dateadd",
          "datediff",
          "datediff_big",
          "datename",
          "datepart",
          "datetrunc",
          "date_bucket");

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("yy", "year"),
          Map.entry("yyyy", "year"),
          Map.entry("qq", "quarter"),
          Map.entry("q", "quarter"),
          Map.entry("mm", "month"),
          Map.entry("m", "month"),
          Map.entry("dy", "dayofyear"),
          Map.entry("y", "dayofyear"),
          Map.entry("dd", "day"),
          Map.entry("d", "day"),
          Map.entry("wk", "week"),
          Map.entry("ww", "week"),
          Map.entry("dw", "weekday"),
          Map.entry("w", "weekday"),
          Map.entry("hh", "hour"),
          Map.entry("mi", "minute"),
          Map.entry("n", "minute"),
          Map.entry("ss", "second"),
          Map.entry("s", "second"),
          Map.entry("ms", "millisecond"),
          Map.entry("mcs", "microsecond"),
          Map.entry("ns", "nanosecond"),
          Map.entry("tz", "tzoffset"),
          Map.entry("isowk", "iso_week"),
          Map.entry("isoww", "iso_week"));

  private DateParts() {}

  /// Whether the arguments of the function begin with a part.
  static boolean begin(String function) {
    return FUNCTIONS.contains(function);
  }

  static String canonical(String part) {
    return SHORT.getOrDefault(part, part);
  }
}
