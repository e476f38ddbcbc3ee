package dev.edj.cli;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A table that is printed as its rows come, each with the name of its database in front. Those of
/// the first moment say how wide the columns are; where others are wider, their line is longer.
/// Rows with other columns begin another table.
final class LiveTable implements RowPrinter {

  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final int MOST_HELD = 1_000;
  private static final int WIDEST_CELL = 80;
  private static final String GAP = "  ";

  private static final Set<Kind> NUMBERS =
      EnumSet.of(Kind.SMALLINT, Kind.INTEGER, Kind.BIGINT, Kind.DECIMAL, Kind.REAL, Kind.DOUBLE);

  private final Output output;
  private final List<Row> held = new ArrayList<>();
  private List<Column> columns = List.of();
  private String server = "";
  private boolean withServer;
  private int @Nullable [] widths;
  private boolean begun;
  private boolean closed;

  LiveTable(Output output) {
    this.output = output;
  }

  /// A row that is not printed yet.
  private record Row(ResultHead from, JsonNode values) {}

  @Override
  public synchronized void row(ResultHead from, JsonNode values) {
    if (!fits(from)) {
      printHeld();
      beginTable(from);
    }
    if (widths != null) {
      output.line(line(new Row(from, values), widths));
      return;
    }
    held.add(new Row(from, values));
    if (held.size() == MOST_HELD) {
      printHeld();
    }
  }

  /// Until its widths are known a table can still get a column for its servers.
  private boolean fits(ResultHead from) {
    if (!begun || !columns.equals(from.columns())) {
      return false;
    }
    boolean otherServer = !withServer && !server.equals(from.server());
    if (otherServer && widths == null) {
      withServer = true;
    }
    return !otherServer || withServer;
  }

  private void beginTable(ResultHead from) {
    if (begun) {
      output.line("");
    }
    withServer = withServer || (begun && !server.equals(from.server()));
    begun = true;
    columns = from.columns();
    server = from.server();
    widths = null;
    Thread.ofVirtual().name("edj-table").start(this::printAfterAMoment);
  }

  private void printAfterAMoment() {
    try {
      Thread.sleep(MOMENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    printHeld();
  }

  private synchronized void printHeld() {
    if (closed || held.isEmpty()) {
      return;
    }
    List<Cell> headings = headings();
    List<List<Cell>> lines = held.stream().map(this::cells).toList();
    int[] needed =
        IntStream.range(0, headings.size())
            .map(i ->
                Math.max(
                    TextWidth.of(headings.get(i).text()),
                    lines.stream()
                        .mapToInt(line -> TextWidth.of(line.get(i).text()))
                        .max()
                        .orElse(0)))
            .toArray();
    output.line(line(headings, needed));
    lines.forEach(cells -> output.line(line(cells, needed)));
    held.clear();
    widths = needed;
  }

  private List<Cell> headings() {
    List<String> names = new ArrayList<>();
    if (withServer) {
      names.add("SERVER");
    }
    names.add("DATABASE");
    columns.forEach(column -> names.add(column.name()));
    List<Cell> headings = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int column = i - (names.size() - columns.size());
      boolean isNumber = column >= 0 && NUMBERS.contains(columns.get(column).type().kind());
      headings.add(new Cell(names.get(i), Style.STRONG, isNumber).cut(WIDEST_CELL));
    }
    return headings;
  }

  private String line(Row row, int... columnWidths) {
    return line(cells(row), columnWidths);
  }

  private List<Cell> cells(Row row) {
    List<Cell> cells = new ArrayList<>();
    if (withServer) {
      cells.add(Cell.of(row.from().server()));
    }
    cells.add(Cell.of(row.from().database()));
    for (int i = 0; i < columns.size(); i++) {
      cells.add(cell(columns.get(i), row.values().path(i)));
    }
    return cells.stream().map(cell -> cell.cut(WIDEST_CELL)).toList();
  }

  private static Cell cell(Column column, JsonNode value) {
    boolean isNumber = NUMBERS.contains(column.type().kind());
    if (value.isNull()) {
      return new Cell("NULL", Style.FAINT, isNumber);
    }
    String text = value.isString() ? value.stringValue() : value.toString();
    return new Cell(TextWidth.withoutControls(text), Style.PLAIN, isNumber);
  }

  private String line(List<Cell> cells, int... columnWidths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> padded(cells.get(i), columnWidths[i]))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private String padded(Cell cell, int width) {
    String blanks = " ".repeat(Math.max(0, width - TextWidth.of(cell.text())));
    String text = cell.style().apply(cell.text(), output.colours());
    return cell.isNumber() ? blanks + text : text + blanks;
  }

  @Override
  public synchronized void close() {
    printHeld();
    closed = true;
  }
}
