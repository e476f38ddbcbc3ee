package dev.edj.result;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The first rows of what an execution returned, as one table.
///
/// @param columns of all databases that were looked at, by name
/// @param more whether there are rows behind them
public record FirstRows(List<String> columns, List<Row> rows, boolean more) {

  /// A row and where it is from.
  ///
  /// @param values as text, of bytes in base64; null where the database says NULL, or has no such
  ///   column
  public record Row(
      UUID executionId,
      String step,
      String server,
      String database,
      List<@Nullable String> values) {}
}
