package dev.edj.worker;

import dev.edj.engine.Engine;
import dev.edj.engine.rows.ResultRows;
import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowSpool;
import dev.edj.execution.KeptResult;
import dev.edj.execution.ResultMode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What becomes of the result sets of an attempt's script. The first is kept, made ready to be
/// sent, or dropped, as its step says; later ones are counted.
final class ResultSets implements AutoCloseable {

  private final ResultMode mode;
  private final Engine engine;
  private final Path directory;
  private final AttemptRecord record;
  private @Nullable KeptRows kept;
  private @Nullable RowSpool toSend;
  private boolean first = true;

  /// @param engine whose results they are
  /// @param directory where many rows wait to be sent
  ResultSets(ResultMode mode, Engine engine, Path directory, AttemptRecord record) {
    this.mode = mode;
    this.engine = engine;
    this.directory = directory;
    this.record = record;
  }

  /// Reads it to the end, and returns how many rows it has.
  long take(ResultSet rows) throws SQLException {
    boolean isFirst = first;
    first = false;
    if (isFirst) {
      return switch (mode) {
        case Keep -> keep(ResultRows.of(engine, rows));
        case Send -> spool(ResultRows.of(engine, rows));
        case Drop -> count(rows);
      };
    }
    long count = count(rows);
    if (mode == ResultMode.Send) {
      record.log().line("a later result set; only the first one is collected:");
    }
    return count;
  }

  private long keep(RowCursor<SQLException> rows) throws SQLException {
    KeptRows keeping = new KeptRows(rows.columns(), KeptRows.Limits.OF_JOB, record);
    while (rows.next()) {
      keeping.add(rows);
    }
    kept = keeping;
    return keeping.result().rowCount();
  }

  /// A disk that is full is the attempt's failure.
  private long spool(RowCursor<SQLException> rows) throws SQLException {
    RowSpool spool = new RowSpool(rows.columns(), directory);
    toSend = spool;
    try {
      while (rows.next()) {
        spool.add(rows);
      }
    } catch (IOException e) {
      throw new SQLException(
          "The rows could not be set aside on this node until they are sent: " + e.getMessage(), e);
    }
    return spool.count();
  }

  private static long count(ResultSet rows) throws SQLException {
    long count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  /// What is kept; null when there was no result set, or it is not to be kept.
  @Nullable KeptResult kept() {
    return kept == null ? null : kept.result();
  }

  /// The rows for the destination; null when there was no result set, or it goes nowhere.
  @Nullable RowSpool toSend() {
    return toSend;
  }

  @Override
  public void close() {
    if (toSend != null) {
      toSend.close();
    }
  }
}
