package dev.edj.result;

import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowOrigin;
import dev.edj.engine.rows.RowSpool;
import dev.edj.engine.rows.RowStore;
import dev.edj.engine.rows.RowTable;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A destination's table in memory, for what reads destinations. It is there once it has rows, and
/// then tells of children without rows, too, as the stores of the engines do.
final class MemoryRowStore implements RowStore {

  private final Map<UUID, Table> tables = new HashMap<>();
  private @Nullable SQLException atEnd;
  private boolean closed;

  void put(UUID child, List<Column> columns, List<List<@Nullable Object>> rows) {
    tables.put(child, new Table(columns, rows));
  }

  /// What reading any rows ends with.
  void failAtEnd(SQLException failure) {
    atEnd = failure;
  }

  @Override
  public void read(RowTable table, List<UUID> executionIds, RowReceiver receiver)
      throws TargetException {
    for (Table any : tables.values().stream().limit(1).toList()) {
      for (UUID id : executionIds) {
        read(id, tables.getOrDefault(id, new Table(any.columns, List.of())), receiver);
      }
    }
  }

  private void read(UUID id, Table found, RowReceiver receiver) throws TargetException {
    try {
      receiver.rows(id, new Failing(ListCursor.of(found.columns, found.rows), atEnd));
    } catch (SQLException e) {
      throw new TargetException(
          TargetError.of(TargetError.Kind.LOST, String.valueOf(e.getMessage()), true, null));
    } catch (Exception e) {
      throw new IllegalStateException("the receiver failed", e);
    }
  }

  @Override
  public void replace(
      RowTable table,
      RowOrigin origin,
      RowSpool rows,
      boolean mayBeThere,
      BooleanSupplier mayWrite) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void remove(RowTable table, UUID executionId, BooleanSupplier mayWrite) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean contains(RowTable table, UUID executionId, BooleanSupplier mayWrite) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isUsable() {
    return true;
  }

  @Override
  public void abort() {}

  @Override
  public void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  private record Table(List<Column> columns, List<List<@Nullable Object>> rows) {}

  private record Failing(RowCursor<RuntimeException> rows, @Nullable SQLException atEnd)
      implements RowCursor<SQLException> {

    @Override
    public List<Column> columns() {
      return rows.columns();
    }

    @Override
    public boolean next() throws SQLException {
      if (rows.next()) {
        return true;
      }
      if (atEnd != null) {
        throw atEnd;
      }
      return false;
    }

    @Override
    public byte @Nullable [] value(int index) {
      return rows.value(index);
    }
  }
}
