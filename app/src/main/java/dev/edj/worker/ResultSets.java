package dev.edj.worker;

import dev.edj.engine.Engine;
import dev.edj.engine.rows.ResultRows;
import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowSpool;
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
  private final KeptRows.Limits limits;
  private final Engine engine;
  private final Path directory;
  private final AttemptRecord record;
  private @Nullable KeptRows kept;
  private @Nullable RowSpool toSend;
  private boolean first = true;

  /// @param limits how much is kept
  /// @param engine whose results they are
  /// @param directory where many rows wait to be sent or kept
  ResultSets(
      ResultMode mode,
      KeptRows.Limits limits,
      Engine engine,
      Path directory,
      AttemptRecord record) {
    this.mode = mode;
    this.limits = limits;
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
    switch (mode) {
      case Keep -> record.log().line("a later result set; only the first one is kept:");
      case Send -> record.log().line("a later result set; only the first one is collected:");
      case Drop -> {}
    }
    return count;
  }

  private long keep(RowCursor<SQLException> rows) throws SQLException {
    KeptRows keeping = new KeptRows(rows.columns(), limits, directory, record);
    kept = keeping;
    try {
      while (rows.next()) {
        keeping.add(rows);
      }
    } catch (IOException e) {
      throw notSetAside(e);
    }
    return keeping.count();
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
      throw notSetAside(e);
    }
    return spool.count();
  }

  private static SQLException notSetAside(IOException e) {
    return new SQLException(
        "The rows could not be set aside on this node for a moment: " + e.getMessage(), e);
  }

  private static long count(ResultSet rows) throws SQLException {
    long count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  /// What is to be kept; null when there was no result set, or nothing of it is.
  @Nullable KeptRows kept() {
    return kept;
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
    if (kept != null) {
      kept.close();
    }
  }
}
