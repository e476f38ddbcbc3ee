package dev.edj.dacpac.tsql;

import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DefaultConstraint;
import org.jspecify.annotations.Nullable;

/// A column that is made, with the constraint that is made with it.
///
/// @param initially the default of the column; absent where it has none, or where it is added by a
///   statement of its own
public record NewColumn(Column column, @Nullable DefaultConstraint initially) {

  public static NewColumn plain(Column column) {
    return new NewColumn(column, null);
  }
}
