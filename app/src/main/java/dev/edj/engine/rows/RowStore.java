package dev.edj.engine.rows;

import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.TargetException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// A connection to a destination, as its engine writes and reads tables of collected rows. Belongs
/// to one thread, but for [#abort].
///
/// What one child execution has written is there once and whole, or not at all, however often and
/// from wherever it is written: each write is one transaction that first takes a lock of the
/// child's own in the destination, then asks whether it may still write, and replaces what is
/// there. A writer that is stopped in the middle keeps that lock until the server has ended its
/// session, which the session's own limits see to where the engine has such limits.
public interface RowStore extends AutoCloseable {

  /// Logs in to a destination. Ends as [dev.edj.engine.Engine#open] does.
  static RowStore open(ConnectionSettings settings) throws TargetException {
    return JdbcRowStore.open(settings, WriteLimits.USUAL);
  }

  /// Makes these the child's only rows in the table. The table is created when there is none, with
  /// its index; nothing is written when its columns do not fit.
  ///
  /// @param mayBeThere whether an earlier write of this child may have come through
  /// @param mayWrite asked once the child's lock is held: whether the child is still this process's
  void replace(
      RowTable table, RowOrigin origin, RowSpool rows, boolean mayBeThere, BooleanSupplier mayWrite)
      throws TargetException, IOException;

  /// Takes the child's rows away, if there are any.
  void remove(RowTable table, UUID executionId, BooleanSupplier mayWrite) throws TargetException;

  /// Whether the child has rows in the table. Asked under the child's lock, so that an earlier
  /// writer, whom nobody hears of any more, has come to its end.
  boolean contains(RowTable table, UUID executionId, BooleanSupplier mayWrite)
      throws TargetException;

  /// The rows of these child executions, those of one together, in the order of the ids; columns as
  /// the table has them, without those that EDJ added. Rows are read as they are asked for.
  void read(RowTable table, List<UUID> executionIds, RowReceiver receiver) throws TargetException;

  /// Whether the connection can be used again.
  boolean isUsable();

  /// Gives the connection up, from any thread; whatever it does fails.
  void abort();

  @Override
  void close();

  /// Takes rows of several child executions.
  interface RowReceiver {

    /// The rows of one child, which come to their end before it returns.
    void rows(UUID executionId, RowCursor<? extends Exception> rows) throws Exception;
  }
}
