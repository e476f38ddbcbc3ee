package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;

/// What a table, or a table type, demands of its rows.
public sealed interface Constraint extends DatabaseObject
    permits CheckConstraint, DefaultConstraint, ForeignKey, KeyConstraint {

  ObjectName table();

  /// Whether the server made the name up. Such a constraint is known by what it demands, never by
  /// its name.
  boolean systemNamed();

  @Override
  default String title() {
    ObjectName name = name();
    return name == null ? "unnamed constraint on " + table() : name.toString();
  }
}
