package dev.edj.cli;

import dev.edj.result.ColumnNames;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Prints each row as a flat JSON object, a line each. Used by one thread.
final class JsonLinesPrinter implements RowPrinter {

  private static final List<String> ORIGIN = List.of("server", "database");

  private final Output output;
  private final JsonMapper mapper = RowPrinter.mapper();
  private ResultHead last = ResultHead.NONE;
  private List<String> names = List.of();

  JsonLinesPrinter(Output output) {
    this.output = output;
  }

  @Override
  public void row(ResultHead from, JsonNode values) {
    if (!last.equals(from)) {
      last = from;
      names = ColumnNames.unique(from.columns(), ORIGIN);
    }
    ObjectNode row = mapper.createObjectNode();
    row.put("server", from.server());
    row.put("database", from.database());
    for (int i = 0; i < names.size(); i++) {
      row.set(names.get(i), values.path(i));
    }
    output.raw(mapper.writeValueAsString(row) + "\n");
  }
}
