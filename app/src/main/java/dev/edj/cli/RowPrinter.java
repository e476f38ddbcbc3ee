package dev.edj.cli;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Prints the rows of several databases as they come.
interface RowPrinter extends AutoCloseable {

  /// Prints nothing.
  RowPrinter NONE = (_, _) -> {};

  /// The next row; its values are in the order of the columns.
  void row(ResultHead from, JsonNode values);

  /// There are no more.
  @Override
  default void close() {}

  /// Reads numbers with all their digits.
  static JsonMapper mapper() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }
}
