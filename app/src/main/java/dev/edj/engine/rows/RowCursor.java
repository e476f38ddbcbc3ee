package dev.edj.engine.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads rows one after the other; values are of the row it stands on.
///
/// @param <E> what reading can fail with
public interface RowCursor<E extends Exception> {

  List<Column> columns();

  /// Goes to the next row; false when there is none.
  boolean next() throws E;

  /// The value in column `index`, from 0, as [ColumnType.Kind] says; null stands for NULL. Nobody
  /// may change the array, which can be the one of other rows too.
  byte @Nullable [] value(int index) throws E;
}
