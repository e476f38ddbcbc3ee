package dev.edj.problem;

import org.jspecify.annotations.Nullable;

/// Which of the things that have names to list, in the order of their names.
///
/// @param text a part of the name, in whatever case; null for all
/// @param after the name of the last one of the page before; null for the first page
/// @param limit how many at most
public record NameSearch(@Nullable String text, @Nullable String after, int limit) {

  public NameSearch {
    requireStorable("name", text);
    requireStorable("after", after);
  }

  /// Refuses what no text of the control database can hold.
  public static void requireStorable(String field, @Nullable String value) {
    if (value != null && value.indexOf('\0') >= 0) {
      throw EdjException.invalid(field, "must not hold the character U+0000");
    }
  }
}
