package dev.edj.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows under headings, in columns as wide as their widest cell. Built by one thread.
final class Table {

  private static final int WIDEST_CELL = 80;
  private static final int NARROWEST_CELL = 5;
  private static final String GAP = "  ";

  private final List<Cell> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  private Table(List<Cell> headings) {
    this.headings = headings;
  }

  static Table of(String... headings) {
    return new Table(
        Arrays.stream(headings).map(heading -> new Cell(heading, Style.STRONG, false)).toList());
  }

  Table row(@Nullable Object... values) {
    rows.add(Arrays.stream(values).map(value -> Cell.of(value).cut(WIDEST_CELL)).toList());
    return this;
  }

  String render(boolean colours) {
    return render(colours, Integer.MAX_VALUE);
  }

  /// No wider than `columns`, as far as that goes: the widest cells are cut first.
  String render(boolean colours, int columns) {
    int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
    int excess = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - columns;
    while (excess > 0 && narrow(widths)) {
      excess--;
    }
    StringBuilder text = new StringBuilder(line(cut(headings, widths), widths, colours));
    rows.forEach(row -> text.append('\n').append(line(cut(row, widths), widths, colours)));
    return text.toString();
  }

  private static boolean narrow(int... widths) {
    int widest = 0;
    for (int i = 1; i < widths.length; i++) {
      widest = widths[i] > widths[widest] ? i : widest;
    }
    if (widths[widest] <= NARROWEST_CELL) {
      return false;
    }
    widths[widest]--;
    return true;
  }

  private static List<Cell> cut(List<Cell> cells, int... widths) {
    return IntStream.range(0, widths.length).mapToObj(i -> cells.get(i).cut(widths[i])).toList();
  }

  private int width(int column) {
    return Math.max(
        TextWidth.of(headings.get(column).text()),
        rows.stream().mapToInt(row -> TextWidth.of(row.get(column).text())).max().orElse(0));
  }

  private String line(List<Cell> cells, int[] widths, boolean colours) {
    return IntStream.range(0, cells.size())
        .mapToObj(column -> padded(cells.get(column), widths[column], isNumeric(column), colours))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).isNumber());
  }

  private static String padded(Cell cell, int width, boolean toTheRight, boolean colours) {
    String blanks = " ".repeat(width - TextWidth.of(cell.text()));
    String text = cell.style().apply(cell.text(), colours);
    return toTheRight ? blanks + text : text + blanks;
  }
}
