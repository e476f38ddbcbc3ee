package dev.edj.engine.rows;

import static java.util.Objects.requireNonNullElse;

import dev.edj.engine.rows.ColumnType.Kind;
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
  private static final int UNLIMITED = Integer.MAX_VALUE;

  /// SQLSTATE of data that does not fit.
  private static final String DATA_EXCEPTION = "22000";

  boolean isOf(Kind kind) {
    return type != null && type.kind() == kind;
  }

  /// Whether values of a type may have digits behind their point that the server would round away,
  /// and say nothing.
  boolean mayRound(ColumnType from) {
    Integer given = from.scale();
    return fraction() < UNLIMITED && (given == null || given > fraction());
  }

  /// How many digits it keeps behind the point, of a number or of the seconds.
  int fraction() {
    if (type == null) {
      return UNLIMITED;
    }
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT -> 0;
      case DECIMAL, TIME, TIMESTAMP, TIMESTAMP_WITH_ZONE ->
          requireNonNullElse(type.scale(), UNLIMITED);
      case BOOLEAN, REAL, DOUBLE, TEXT, BINARY, DATE, UUID, JSON, XML -> UNLIMITED;
    };
  }

  /// A time or timestamp with no more digits of a second than the engine has. A column that keeps
  /// fewer refuses more: the server would round them, perhaps into another day.
  byte[] seconds(byte[] value, int mostDigits) throws SQLException {
    byte[] cut = Moments.cut(value, mostDigits);
    if (Moments.isFiner(cut, fraction())) {
      throw refusal(value, Numbers.TOO_FINE);
    }
    return cut;
  }

  /// Refuses a double that the column, of floats, has not.
  void refuseUnlessFloat(byte[] value) throws SQLException {
    if (!Numbers.isFloat(value)) {
      throw refusal(value, Numbers.TOO_FINE);
    }
  }

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
