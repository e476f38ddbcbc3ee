package dev.edj.worker;

import dev.edj.engine.BatchListener;
import dev.edj.engine.TargetMessage;
import dev.edj.script.PreparedBatch;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Writes what a batch says into the attempt's record.
final class LoggingListener implements BatchListener {

  private final AttemptRecord record;
  private final PreparedBatch batch;

  LoggingListener(AttemptRecord record, PreparedBatch batch) {
    this.record = record;
    this.batch = batch;
  }

  @Override
  public void message(TargetMessage message) {
    record.log().line(ErrorText.of(message, batch));
  }

  @Override
  public void rowCount(long rows) {
    record.log().line(rows == 1 ? "(1 row)" : "(" + rows + " rows)");
  }

  @Override
  public void resultSet(ResultSet rows) throws SQLException {
    long count = 0;
    while (rows.next()) {
      count++;
    }
    if (count > 0) {
      record.rowsReturned();
    }
    rowCount(count);
  }
}
