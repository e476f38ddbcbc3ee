package dev.edj.execution;

import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowSpool;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Keeps what of a result is too much for the report of its attempt, before that report. Until it
/// is recorded nobody reads it.
public final class KeptPieces {

  /// In bytes. A piece is of whole rows, and a longer row is one by itself.
  private static final int SIZE = 256 * 1024;

  private static final int NULL = -1;

  private final Jdbi jdbi;

  public KeptPieces(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Makes these the child's only ones, if it is still this attempt's and there is room for them
  /// among the results of its step. Returns whether they are kept.
  ///
  /// @param bytes of all these rows
  public boolean keep(ClaimedChild child, RowSpool rows, long bytes) throws IOException {
    return jdbi.inTransaction(handle -> keep(handle, child, rows, bytes));
  }

  private static boolean keep(Handle handle, ClaimedChild child, RowSpool rows, long bytes)
      throws IOException {
    PieceStore store = handle.attach(PieceStore.class);
    if (store.hold(child) == null) {
      return false;
    }
    if (child.attempt() > 1) {
      store.giveRoom(child.stepExecutionId(), store.remove(child.executionId()));
    }
    if (store.takeRoom(child.stepExecutionId(), bytes, Kept.MOST_KEPT) == 0) {
      return false;
    }
    insert(store, child.executionId(), rows.read());
    return true;
  }

  private static void insert(PieceStore store, UUID child, RowCursor<IOException> rows)
      throws IOException {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    int number = 0;
    while (rows.next()) {
      byte[] row = bytes(rows);
      if (piece.size() > 0 && piece.size() + row.length > SIZE) {
        store.insert(child, number++, piece.toByteArray());
        piece.reset();
      }
      piece.write(row);
    }
    store.insert(child, number, piece.toByteArray());
  }

  private static byte[] bytes(RowCursor<IOException> row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int i = 0; i < row.columns().size(); i++) {
      byte[] value = row.value(i);
      out.writeInt(value == null ? NULL : value.length);
      if (value != null) {
        out.write(value);
      }
    }
    return bytes.toByteArray();
  }
}
