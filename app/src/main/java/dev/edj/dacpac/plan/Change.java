package dev.edj.dacpac.plan;

import dev.edj.dacpac.model.DatabaseObject;

/// What a step does to the objects of a database.
public sealed interface Change {

  record Created(DatabaseObject object) implements Change {}

  record Dropped(DatabaseObject object) implements Change {}

  /// Changed in place; `before` and `after` may differ in name.
  record Altered(DatabaseObject before, DatabaseObject after) implements Change {}
}
