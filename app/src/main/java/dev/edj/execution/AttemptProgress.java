package dev.edj.execution;

import dev.edj.execution.AttemptReport.BatchReport;
import dev.edj.execution.AttemptReport.LogPiece;
import java.util.List;

/// What a running attempt has done since it was last told.
public record AttemptProgress(ClaimedChild child, List<BatchReport> batches, List<LogPiece> log) {

  /// Whether there is anything to save.
  public boolean isSome() {
    return !batches.isEmpty() || !log.isEmpty();
  }
}
