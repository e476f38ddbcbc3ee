package dev.edj.result;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The format `rows`.
final class RowsWriter implements LineWriter {

  private final JsonLines lines;

  RowsWriter(OutputStream out) {
    this.lines = new JsonLines(out);
  }

  @Override
  public void child(ChildResult child, RowCursor<? extends Exception> rows) throws Exception {
    header(child);
    List<Column> columns = child.columns();
    byte[] @Nullable [] values = new byte[columns.size()][];
    while (rows.next()) {
      // All of them first, so that a row that cannot be read leaves no half line behind.
      for (int i = 0; i < values.length; i++) {
        values[i] = rows.value(i);
      }
      row(columns, values);
    }
  }

  private void header(ChildResult child) {
    JsonGenerator json = lines.json();
    json.writeStartObject();
    json.writeName("executionId");
    json.writeString(child.executionId().toString());
    json.writeName("step");
    json.writeString(child.step());
    json.writeName("server");
    json.writeString(child.server());
    json.writeName("database");
    json.writeString(child.database());
    json.writeName("columns");
    columns(json, child.columns());
    json.writeName("rowCount");
    if (child.rowCount() == null) {
      json.writeNull();
    } else {
      json.writeNumber(child.rowCount());
    }
    json.writeName("truncated");
    json.writeBoolean(child.truncated());
    json.writeEndObject();
    lines.endLine();
  }

  private static void columns(JsonGenerator json, List<Column> columns) {
    json.writeStartArray();
    for (Column column : columns) {
      json.writeStartObject();
      json.writeName("name");
      json.writeString(column.name());
      json.writeName("type");
      json.writeString(column.type().kind().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void row(List<Column> columns, byte[] @Nullable [] values) {
    JsonGenerator json = lines.json();
    json.writeStartArray();
    for (int i = 0; i < values.length; i++) {
      Values.write(json, columns.get(i).type().kind(), values[i]);
    }
    json.writeEndArray();
    lines.endLine();
  }

  @Override
  public JsonLines lines() {
    return lines;
  }
}
