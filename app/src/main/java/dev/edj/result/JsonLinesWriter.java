package dev.edj.result;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import dev.edj.result.ResultTable.Origin;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The format `jsonl`.
final class JsonLinesWriter implements LineWriter {

  private final Origin origin;
  private final JsonLines lines;

  JsonLinesWriter(Origin origin, OutputStream out) {
    this.origin = origin;
    this.lines = new JsonLines(out);
  }

  @Override
  public void child(ChildResult child, RowCursor<? extends Exception> rows) throws Exception {
    List<Column> columns = child.columns();
    List<String> names = ColumnNames.unique(columns, origin.names());
    List<String> from = origin.values(child);
    byte[] @Nullable [] values = new byte[columns.size()][];
    while (rows.next()) {
      // All of them first, so that a row that cannot be read leaves no half line behind.
      for (int i = 0; i < values.length; i++) {
        values[i] = rows.value(i);
      }
      row(from, names, columns, values);
    }
  }

  private void row(
      List<String> from, List<String> names, List<Column> columns, byte[] @Nullable [] values) {
    JsonGenerator json = lines.json();
    json.writeStartObject();
    for (int i = 0; i < from.size(); i++) {
      json.writeName(origin.names().get(i));
      json.writeString(from.get(i));
    }
    for (int i = 0; i < values.length; i++) {
      json.writeName(names.get(i));
      Values.write(json, columns.get(i).type().kind(), values[i]);
    }
    json.writeEndObject();
    lines.endLine();
  }

  @Override
  public JsonLines lines() {
    return lines;
  }
}
