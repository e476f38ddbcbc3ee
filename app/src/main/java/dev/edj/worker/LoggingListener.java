package dev.edj.worker;

import dev.edj.engine.BatchListener;
import dev.edj.engine.TargetMessage;
import dev.edj.script.PreparedBatch;

/// Writes what a batch says into the attempt's log.
final class LoggingListener implements BatchListener {

  private final AttemptLog log;
  private final PreparedBatch batch;

  LoggingListener(AttemptLog log, PreparedBatch batch) {
    this.log = log;
    this.batch = batch;
  }

  @Override
  public void message(TargetMessage message) {
    log.line(ErrorText.of(message, batch));
  }

  @Override
  public void rowCount(long rows) {
    log.line(rows == 1 ? "(1 row)" : "(" + rows + " rows)");
  }
}
