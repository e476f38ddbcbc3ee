package dev.edj.worker;

import dev.edj.engine.BatchListener;
import dev.edj.engine.TargetMessage;
import dev.edj.script.PreparedBatch;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Writes what a batch says into the attempt's record, and hands on what it returns.
final class LoggingListener implements BatchListener {

  private final AttemptRecord record;
  private final PreparedBatch batch;
  private final ResultSets results;

  LoggingListener(AttemptRecord record, PreparedBatch batch, ResultSets results) {
    this.record = record;
    this.batch = batch;
    this.results = results;
  }

  @Override
  public void message(TargetMessage message) {
    record.log().line(ErrorText.of(message, batch));
  }

  @Override
  public void rowCount(long rows) {
    record.log().line("(" + ErrorText.rows(rows) + ")");
  }

  @Override
  public void resultSet(ResultSet rows) throws SQLException {
    long count = results.take(rows);
    if (count > 0) {
      record.rowsReturned();
    }
    rowCount(count);
  }
}
