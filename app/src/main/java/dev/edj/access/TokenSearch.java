package dev.edj.access;

import dev.edj.problem.NameSearch;
import org.jspecify.annotations.Nullable;

/// Which tokens to list, the newest first.
///
/// @param text a part of its name or of its user's, in whatever case; null for all
/// @param after the id of the last one of the page before; null for the first page
/// @param limit how many at most
public record TokenSearch(@Nullable String text, @Nullable Long after, int limit) {

  public TokenSearch {
    NameSearch.requireStorable("name", text);
  }
}
