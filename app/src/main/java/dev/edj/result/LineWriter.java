package dev.edj.result;

import dev.edj.problem.ErrorCode;
import java.io.IOException;

/// A format with a JSON value in each line.
sealed interface LineWriter extends ResultWriter permits RowsWriter, JsonLinesWriter {

  JsonLines lines();

  @Override
  default void flush() throws IOException {
    lines().flush();
  }

  @Override
  default void pulse() throws IOException {
    lines().pulse();
  }

  @Override
  default void finish() {
    lines().finish();
  }

  @Override
  default boolean giveUp(int status, ErrorCode code, String reason) throws IOException {
    lines().giveUp(status, code, reason);
    return true;
  }
}
