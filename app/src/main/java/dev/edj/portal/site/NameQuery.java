package dev.edj.portal.site;

import dev.edj.problem.NameSearch;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The filter of a list of things with names, as it stands in the page's address.
///
/// @param name a part of it
/// @param after the name of the last one of the page before
public record NameQuery(@Nullable String name, @Nullable String after) {

  private static final int ROWS = 100;

  public @Nullable String text() {
    return Typed.stripped(name);
  }

  public boolean isNarrowed() {
    return text() != null;
  }

  /// A page of the list.
  ///
  /// @param address of the list, without what is asked for
  /// @param find one more than are shown is asked for, so that it is known whether there are more
  public <T> NamedRows<T> rows(
      PagePath address, Function<NameSearch, List<T>> find, Function<T, String> nameOf) {
    String from = Typed.stripped(after);
    List<T> found = find.apply(new NameSearch(text(), from, ROWS + 1));
    List<T> rows = found.subList(0, Math.min(ROWS, found.size()));
    PagePath list = address.with("name", text());
    return new NamedRows<>(
        rows,
        from == null ? null : list,
        found.size() > ROWS ? list.with("after", nameOf.apply(rows.getLast())) : null);
  }
}
