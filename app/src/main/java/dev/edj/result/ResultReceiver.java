package dev.edj.result;

import dev.edj.engine.rows.RowCursor;

/// Takes the results of several children.
@FunctionalInterface
public interface ResultReceiver {

  /// The result of one child. Its rows can be read until this returns, and need not be.
  void child(ChildResult child, RowCursor<? extends Exception> rows) throws Exception;
}
