package dev.edj.execution;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Turns rows into the arrays that a statement unnests.
final class Columns {

  private Columns() {}

  static <T, V> V[] of(List<T> rows, Function<T, @Nullable V> column, IntFunction<V[]> array) {
    return rows.stream().map(column).toArray(array);
  }

  static <T> int[] ints(List<T> rows, ToIntFunction<T> column) {
    return rows.stream().mapToInt(column).toArray();
  }

  static <T> long[] longs(List<T> rows, ToLongFunction<T> column) {
    return rows.stream().mapToLong(column).toArray();
  }

  /// Texts as PostgreSQL can hold them.
  static <T> String[] texts(List<T> rows, Function<T, @Nullable String> column) {
    return of(rows, row -> StorableText.of(column.apply(row)), String[]::new);
  }
}
