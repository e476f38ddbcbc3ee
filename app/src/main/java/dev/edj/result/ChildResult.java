package dev.edj.result;

import dev.edj.engine.rows.Column;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one child returned, but for the rows themselves.
///
/// @param executionId the child's
/// @param server as it is dialled
/// @param rowCount of the whole result; null where only reading its rows tells
/// @param truncated whether only the first rows were kept
public record ChildResult(
    UUID executionId,
    String step,
    String server,
    String database,
    List<Column> columns,
    @Nullable Long rowCount,
    boolean truncated) {

  /// A value of its columns as people read it, of a long one the beginning; bytes are base64.
  public @Nullable String text(int column, byte @Nullable [] value) {
    return Values.beginning(columns.get(column), value);
  }
}
