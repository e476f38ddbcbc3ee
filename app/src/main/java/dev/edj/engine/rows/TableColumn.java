package dev.edj.engine.rows;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A column of a destination's table.
///
/// @param type what values it takes; null means a type of which only the server knows
/// @param typeName as people write it
/// @param required whether no row can be written without a value for it
/// @param computed whether the server alone writes it
record TableColumn(
    String name, @Nullable ColumnType type, String typeName, boolean required, boolean computed) {

  private static final int LONGEST_SHOWN = 60;

  /// SQLSTATE of data that does not fit.
  private static final String DATA_EXCEPTION = "22000";

  /// What a value that the column cannot hold ends the write with.
  SQLException refusal(byte[] value, String reason) {
    String text = new String(value, StandardCharsets.UTF_8);
    String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    return refusal("'" + shown + "': " + reason);
  }

  /// The same without the value, which is too long or no text.
  SQLException refusal(String what) {
    return new SQLException(
        "column '%s' (%s) cannot hold %s".formatted(name, typeName, what), DATA_EXCEPTION);
  }
}
