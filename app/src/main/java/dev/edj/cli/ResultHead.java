package dev.edj.cli;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The line before the rows of a database: where they come from, and what they are.
///
/// @param rowCount of the whole result
/// @param truncated whether only its first rows follow
record ResultHead(
    String server, String database, List<Column> columns, long rowCount, boolean truncated) {

  static final ResultHead NONE = new ResultHead("", "", List.of(), 0, false);

  static ResultHead of(JsonNode json) {
    return new ResultHead(
        json.path("server").asString(""),
        json.path("database").asString(""),
        json.path("columns").valueStream().map(ResultHead::column).toList(),
        json.path("rowCount").asLong(0),
        json.path("truncated").asBoolean(false));
  }

  private static Column column(JsonNode column) {
    return new Column(
        column.path("name").asString(""),
        ColumnType.of(ColumnType.Kind.valueOf(column.path("type").asString("TEXT"))));
  }
}
