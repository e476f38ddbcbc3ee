package dev.edj.result;

import dev.edj.problem.ErrorCode;
import java.io.IOException;

/// Writes results in one format, each row when it comes. Not for several threads.
public sealed interface ResultWriter extends ResultReceiver
    permits LineWriter, CsvWriter, ParquetWriter {

  /// Sends what is written so far on its way.
  void flush() throws IOException;

  /// Writes something that means nothing, so that whoever has gone is noticed.
  void pulse() throws IOException;

  /// Writes what belongs behind the last result.
  void finish() throws IOException;

  /// Says as the last thing why the rest is missing; false when the format has no place for that.
  ///
  /// @param status as HTTP has it
  boolean giveUp(int status, ErrorCode code, String reason) throws IOException;
}
