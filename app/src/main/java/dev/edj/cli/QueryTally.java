package dev.edj.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Counts what a query returned, and remembers of which databases not all could be shown. Used by
/// one thread.
final class QueryTally {

  private static final int MOST_NAMED = 5;

  private final List<String> notes = new ArrayList<>();
  private int cut;
  private int results;
  private long rows;
  private long rowsOfResult;
  private ResultHead last = ResultHead.NONE;

  void add(ResultHead head) {
    end();
    last = head;
    rowsOfResult = 0;
    results++;
  }

  void addRow() {
    rows++;
    rowsOfResult++;
  }

  private void end() {
    if (last.truncated()) {
      cut++;
      if (cut <= MOST_NAMED) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s returned %,d rows; the first %,d are shown, which is all that is kept",
                TextWidth.oneLine(last.database()),
                last.rowCount(),
                rowsOfResult));
      }
    }
    last = ResultHead.NONE;
  }

  boolean hasResults() {
    return results > 0;
  }

  long rows() {
    return rows;
  }

  /// To be called at the end.
  List<String> notes() {
    end();
    if (cut > MOST_NAMED) {
      notes.add("and of %d more databases, too, not all rows are kept".formatted(cut - MOST_NAMED));
    }
    return notes;
  }
}
