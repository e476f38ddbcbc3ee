package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Constraint;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A constraint with the table or table type that it belongs to; both may have the same name.
record Owned(Named owner, Constraint constraint) {

  /// A constraint of a table type has no name that anybody could use.
  static @Nullable ObjectName name(Named owner, String constraint) {
    return owner.isTableType() ? null : ObjectName.of(owner.schema(), constraint);
  }

  static boolean systemNamed(Named owner, Row row) throws SQLException {
    return owner.isTableType() || row.flag("is_system_named");
  }
}
