package dev.edj.result;

import dev.edj.engine.rows.RowCursor;
import dev.edj.result.FirstRows.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes rows until there are enough of them. Not for several threads.
final class FirstRowsTaker implements ResultReceiver {

  private final ResultTable table;
  private final int mostRows;
  private final List<Row> rows = new ArrayList<>();

  FirstRowsTaker(ResultTable table, int mostRows) {
    this.table = table;
    this.mostRows = mostRows;
  }

  @Override
  public void child(ChildResult child, RowCursor<? extends Exception> cursor) throws Exception {
    int[] places = table.placesOf(child);
    while (cursor.next()) {
      if (rows.size() == mostRows) {
        throw new EnoughException();
      }
      rows.add(
          new Row(
              child.executionId(),
              child.step(),
              child.server(),
              child.database(),
              texts(table.values(child, places, cursor))));
    }
  }

  private List<@Nullable String> texts(byte[] @Nullable [] values) {
    List<@Nullable String> texts = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      texts.add(Values.beginning(table.columns().get(i), values[i]));
    }
    return texts;
  }

  FirstRows rows(boolean more) {
    return new FirstRows(
        table.columns().stream().map(column -> column.name()).toList(), List.copyOf(rows), more);
  }

  /// There are more rows than are wanted: nothing behind them is read.
  static final class EnoughException extends Exception {

    private static final long serialVersionUID = 1L;

    EnoughException() {
      super("enough", null, false, false);
    }
  }
}
