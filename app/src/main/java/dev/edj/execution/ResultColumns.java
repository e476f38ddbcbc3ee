package dev.edj.execution;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The columns of a kept result, as the control database has them.
public final class ResultColumns {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ResultColumns() {}

  public static String json(List<Column> columns) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Column column : columns) {
      ColumnType type = column.type();
      all.addObject()
          .put("name", column.name())
          .put("kind", type.kind().name())
          .put("length", type.length())
          .put("precision", type.precision())
          .put("scale", type.scale());
    }
    return JSON.writeValueAsString(all);
  }

  public static List<Column> parse(String json) {
    return JSON.readTree(json).valueStream().map(ResultColumns::column).toList();
  }

  private static Column column(JsonNode column) {
    return new Column(
        column.required("name").stringValue(),
        new ColumnType(
            ColumnType.Kind.valueOf(column.required("kind").stringValue()),
            number(column, "length"),
            number(column, "precision"),
            number(column, "scale")));
  }

  private static @Nullable Integer number(JsonNode column, String name) {
    JsonNode number = column.path(name);
    return number.isNumber() ? number.intValue() : null;
  }
}
