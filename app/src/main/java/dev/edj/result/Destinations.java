package dev.edj.result;

import dev.edj.engine.TargetException;
import dev.edj.engine.rows.RowStore;
import dev.edj.engine.rows.RowTable;
import org.jspecify.annotations.Nullable;

/// Tells where steps send their rows.
@FunctionalInterface
public interface Destinations {

  /// The step's destination as its run pinned it; null when its rows are kept in the control
  /// database, or not at all.
  @Nullable Destination find(long stepExecutionId);

  /// A table of collected rows, and the way there.
  interface Destination {

    RowTable table();

    /// A connection of the reader's own. On a process without private keys this fails, and says so.
    RowStore open() throws TargetException;
  }
}
