package dev.edj.imports;

import dev.edj.files.source.WholeFile;
import dev.edj.imports.CsvText.Row;
import dev.edj.problem.EdjException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rows of catalog views: all views in one JSON document, or one view in each CSV file, which is
/// named as the view. Used by one thread.
final class CatalogRows {

  /// Those that are carried over.
  static final List<String> VIEWS =
      List.of(
          "jobs",
          "jobsteps",
          "target_groups",
          "target_group_members",
          "database_scoped_credentials");

  private final Map<String, List<CatalogRow>> views = new TreeMap<>();

  /// One row, by the names of its columns; what is null is an empty text.
  record CatalogRow(Map<String, String> cells) {

    String text(String column) {
      return cells.getOrDefault(column, "").strip();
    }

    /// As it is written, with its blanks.
    String exactly(String column) {
      return cells.getOrDefault(column, "");
    }

    int number(String column, int missing) {
      return (int) decimal(column, missing);
    }

    double decimal(String column, double missing) {
      String text = text(column);
      try {
        return text.isEmpty() ? missing : Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw EdjException.invalid(column, "'%s' is no number".formatted(text));
      }
    }

    boolean truth(String column) {
      String text = text(column).toLowerCase(Locale.ROOT);
      return text.equals("1") || text.equals("true");
    }
  }

  static CatalogRows read(List<Path> files) {
    CatalogRows rows = new CatalogRows();
    for (Path file : files) {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
        rows.addCsv(file);
      } else {
        rows.addJson(file);
      }
    }
    return rows;
  }

  List<CatalogRow> view(String name) {
    return views.getOrDefault(name, List.of());
  }

  /// What there is beside the views.
  List<String> others() {
    return views.keySet().stream().filter(view -> !VIEWS.contains(view)).toList();
  }

  private void addCsv(Path file) {
    String view = Imported.baseName(file).replaceFirst("^jobs\\.", "").toLowerCase(Locale.ROOT);
    List<Row> rows = CsvText.read(file);
    List<CatalogRow> read = views.computeIfAbsent(view, _ -> new ArrayList<>());
    for (Row row : rows.stream().skip(1).toList()) {
      Map<String, String> cells = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      List<String> headings = rows.getFirst().cells();
      for (int i = 0; i < headings.size() && i < row.cells().size(); i++) {
        String cell = row.cells().get(i);
        cells.put(headings.get(i).strip(), cell.equals("NULL") ? "" : cell);
      }
      read.add(new CatalogRow(cells));
    }
  }

  /// SQL Server's tools cut long JSON into lines, and write around it what they have to say.
  private void addJson(Path file) {
    String text = WholeFile.text(file, "FILE").replaceAll("[\r\n]", "");
    int begin = text.indexOf('{');
    int end = text.lastIndexOf('}');
    if (begin < 0 || end < begin) {
      throw EdjException.invalid("FILE", "%s is no JSON object with views".formatted(file));
    }
    try {
      JsonNode document = JsonMapper.shared().readTree(text.substring(begin, end + 1));
      document.forEachEntry((view, rows) -> {
        List<CatalogRow> read = views.computeIfAbsent(view, _ -> new ArrayList<>());
        rows.forEach(row -> read.add(row(row)));
      });
    } catch (JacksonException e) {
      throw EdjException.invalid(
          "FILE", "%s is no JSON: %s".formatted(file, e.getOriginalMessage()));
    }
  }

  private static CatalogRow row(JsonNode row) {
    Map<String, String> cells = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    row.forEachEntry((column, value) -> cells.put(column, value.isNull() ? "" : value.asString()));
    return new CatalogRow(cells);
  }
}
