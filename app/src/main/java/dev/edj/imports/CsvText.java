package dev.edj.imports;

import dev.edj.files.source.WholeFile;
import dev.edj.problem.EdjException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads rows with commas, semicolons or tabs between them, and quotes around what holds such (RFC
/// 4180). Used by one thread.
final class CsvText {

  private static final int MOST_ROWS = 200_000;

  private final Path file;
  private final String text;
  private final char separator;
  private final List<Row> rows = new ArrayList<>();
  private int position;
  private int line = 1;

  /// A row that has something in it.
  ///
  /// @param line that it begins in, from 1
  record Row(int line, List<String> cells) {

    String cell(int column) {
      return column >= 0 && column < cells.size() ? cells.get(column).strip() : "";
    }
  }

  private CsvText(Path file, String text) {
    this.file = file;
    this.text = text;
    String first = text.lines().findFirst().orElse("");
    this.separator = first.contains("\t") ? '\t' : first.contains(";") ? ';' : ',';
  }

  static List<Row> read(Path file) {
    CsvText csv = new CsvText(file, WholeFile.text(file, "FILE"));
    while (csv.position < csv.text.length()) {
      csv.row();
    }
    return List.copyOf(csv.rows);
  }

  private void row() {
    int begin = line;
    List<String> cells = new ArrayList<>();
    do {
      cells.add(cell());
    } while (takes(separator));
    takes('\r');
    if (takes('\n')) {
      line++;
    } else if (position < text.length()) {
      throw wrong(begin, "a quote ends in the middle of a cell");
    }
    if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
      rows.add(new Row(begin, List.copyOf(cells)));
    }
    if (rows.size() > MOST_ROWS) {
      throw wrong(begin, "there are more than %,d rows".formatted(MOST_ROWS));
    }
  }

  private boolean takes(char expected) {
    if (position < text.length() && text.charAt(position) == expected) {
      position++;
      return true;
    }
    return false;
  }

  private String cell() {
    return takes('"') ? quoted() : plain();
  }

  private String plain() {
    int begin = position;
    while (position < text.length()
        && text.charAt(position) != separator
        && text.charAt(position) != '\n'
        && text.charAt(position) != '\r') {
      position++;
    }
    return text.substring(begin, position);
  }

  private String quoted() {
    int begin = line;
    StringBuilder cell = new StringBuilder();
    while (position < text.length()) {
      char character = text.charAt(position++);
      if (character == '"' && !takes('"')) {
        return cell.toString();
      }
      line += character == '\n' ? 1 : 0;
      cell.append(character);
    }
    throw wrong(begin, "a quote is not closed");
  }

  private EdjException wrong(int where, String reason) {
    return EdjException.invalid("%s:%d".formatted(file, where), reason);
  }
}
