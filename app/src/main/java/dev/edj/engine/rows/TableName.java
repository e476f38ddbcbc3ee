package dev.edj.engine.rows;

import org.jspecify.annotations.Nullable;

/// A table that is meant, with the schema that the login has when none was named.
///
/// @param schema null on MySQL and MariaDB, which have none
record TableName(@Nullable String schema, String name) {

  /// How an engine writes a name in a statement.
  interface Quoting {
    String quoted(String name);
  }

  String quoted(Quoting quoting) {
    return schema == null
        ? quoting.quoted(name)
        : quoting.quoted(schema) + "." + quoting.quoted(name);
  }

  /// For people, and for the lock around changes of the table.
  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
