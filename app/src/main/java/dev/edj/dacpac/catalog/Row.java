package dev.edj.dacpac.catalog;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The row on which a result set stands.
record Row(ResultSet results) {

  /// @throws SQLException also where there is none, which the catalog never says of such a column
  String text(String column) throws SQLException {
    String text = textOrNull(column);
    if (text == null) {
      throw new SQLException("the catalog has no value for %s".formatted(column));
    }
    return text;
  }

  @Nullable String textOrNull(String column) throws SQLException {
    return results.getString(column);
  }

  /// Of the type `char`, which the server fills up with blanks.
  String code(String column) throws SQLException {
    return text(column).strip();
  }

  /// 0 where there is none.
  int number(String column) throws SQLException {
    return results.getInt(column);
  }

  @Nullable Integer numberOrNull(String column) throws SQLException {
    int number = results.getInt(column);
    return results.wasNull() ? null : number;
  }

  /// False where there is none.
  boolean flag(String column) throws SQLException {
    return results.getBoolean(column);
  }

  @Nullable BigDecimal decimalOrNull(String column) throws SQLException {
    return results.getBigDecimal(column);
  }

  @Nullable Object valueOrNull(String column) throws SQLException {
    return results.getObject(column);
  }
}
