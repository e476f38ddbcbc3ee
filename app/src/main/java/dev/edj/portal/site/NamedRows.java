package dev.edj.portal.site;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list of things with names.
///
/// @param first the address of the first page; null on that one
/// @param next the address of the next page; null on the last one
public record NamedRows<T>(List<T> rows, @Nullable PagePath first, @Nullable PagePath next) {

  /// The same page of something else.
  public <S> NamedRows<S> map(Function<T, S> change) {
    return new NamedRows<>(rows.stream().map(change).toList(), first, next);
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }
}
