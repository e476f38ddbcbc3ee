package dev.edj.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The first rows of results as people read them: those with the same columns in one table, each
/// with the name of its database in front. Used by one thread.
final class ResultTables {

  private static final int WIDEST_HEADING = 80;
  private static final int MOST_TRUNCATED_NAMED = 5;
  private static final Set<String> NUMBERS =
      Set.of("SMALLINT", "INTEGER", "BIGINT", "DECIMAL", "REAL", "DOUBLE");

  private final int limit;
  private final List<Row> rows = new ArrayList<>();
  private final List<JsonNode> truncated = new ArrayList<>();
  private int withoutRows;
  private boolean more;

  /// @param limit the most rows to show; 0 is all
  ResultTables(int limit) {
    this.limit = limit;
  }

  /// Reads as much as is to be shown.
  void read(AnswerLines lines) throws IOException {
    JsonNode child = null;
    byte[] line = lines.next();
    while (line != null && !more) {
      if (line[0] == '{') {
        child = lines.parse(line);
        note(child);
      } else if (child != null) {
        add(child, lines.texts(line));
      }
      line = more ? null : lines.next();
    }
  }

  private void note(JsonNode child) {
    if (child.path("truncated").asBoolean(false)) {
      truncated.add(child);
    }
    if (child.path("rowCount").asLong(-1) == 0) {
      withoutRows++;
    }
  }

  private void add(JsonNode child, List<@Nullable String> values) {
    if (limit > 0 && rows.size() == limit) {
      more = true;
    } else {
      rows.add(new Row(child, values));
    }
  }

  void print(Output output, Terminal terminal) {
    boolean withStep = differ("step");
    boolean withServer = differ("server");
    int printed = 0;
    while (printed < rows.size()) {
      if (printed > 0) {
        output.line("");
      }
      int end = endOfTable(printed);
      output.line(
          table(rows.subList(printed, end), withStep, withServer)
              .render(output.colours(), terminal.columns()));
      printed = end;
    }
    if (rows.isEmpty()) {
      output.line("No rows.");
    }
    notes().forEach(output::note);
  }

  private boolean differ(String name) {
    return rows.stream().map(row -> row.child.path(name)).distinct().count() > 1;
  }

  private int endOfTable(int begin) {
    JsonNode columns = rows.get(begin).child.path("columns");
    int end = begin;
    while (end < rows.size() && rows.get(end).child.path("columns").equals(columns)) {
      end++;
    }
    return end;
  }

  private static Table table(List<Row> rows, boolean withStep, boolean withServer) {
    JsonNode columns = rows.getFirst().child.path("columns");
    List<String> headings = new ArrayList<>();
    if (withStep) {
      headings.add("STEP");
    }
    if (withServer) {
      headings.add("SERVER");
    }
    headings.add("DATABASE");
    columns.forEach(column -> headings.add(heading(column.path("name").asString(""))));
    Table table = Table.of(headings.toArray(String[]::new));
    rows.forEach(row -> table.row(row.cells(columns, withStep, withServer)));
    return table;
  }

  private static String heading(String name) {
    return TextWidth.cut(TextWidth.oneLine(name), WIDEST_HEADING);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    truncated.stream()
        .limit(MOST_TRUNCATED_NAMED)
        .map(child ->
            String.format(
                Locale.ROOT,
                "%s returned %,d rows, of which only the first are kept",
                TextWidth.oneLine(child.path("database").asString("")),
                child.path("rowCount").asLong(0)))
        .forEach(notes::add);
    if (truncated.size() > MOST_TRUNCATED_NAMED) {
      notes.add("and so did %d other databases".formatted(truncated.size() - MOST_TRUNCATED_NAMED));
    }
    if (withoutRows > 0) {
      notes.add(
          withoutRows == 1
              ? "1 database returned no rows"
              : "%d databases returned no rows".formatted(withoutRows));
    }
    if (more) {
      notes.add("… more; use --out FILE, or a greater --limit (0 is all)");
    }
    return notes;
  }

  /// A row, with the line about its child.
  private record Row(JsonNode child, List<@Nullable String> values) {

    @Nullable Object[] cells(JsonNode columns, boolean withStep, boolean withServer) {
      List<Object> cells = new ArrayList<>();
      if (withStep) {
        cells.add(child.path("step").asString(""));
      }
      if (withServer) {
        cells.add(child.path("server").asString(""));
      }
      cells.add(child.path("database").asString(""));
      for (int i = 0; i < columns.size(); i++) {
        cells.add(cell(columns.get(i), values.get(i)));
      }
      return cells.toArray();
    }

    private static Cell cell(JsonNode column, @Nullable String value) {
      boolean isNumber = NUMBERS.contains(column.path("type").asString(""));
      return value == null
          ? new Cell("NULL", Style.FAINT, isNumber)
          : new Cell(TextWidth.withoutControls(value), Style.PLAIN, isNumber);
    }
  }
}
