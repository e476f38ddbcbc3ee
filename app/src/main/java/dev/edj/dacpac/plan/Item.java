package dev.edj.dacpac.plan;

import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyConstraint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that comes or changes, before it is written as T-SQL.
sealed interface Item {

  /// As it is to be.
  DatabaseObject after();

  /// @param keys of a table, made with it
  record Made(DatabaseObject after, List<KeyConstraint> keys) implements Item {}

  record Changed(DatabaseObject before, DatabaseObject after) implements Item {}

  /// A table whose columns change.
  ///
  /// @param keys of a table that is rebuilt, made with it
  /// @param defaults of columns that come, made with them
  /// @param clustered an index of a table that is rebuilt, made with it; absent where there is none
  record Columns(
      TableChange change,
      List<KeyConstraint> keys,
      List<DefaultConstraint> defaults,
      @Nullable Index clustered)
      implements Item {

    @Override
    public DatabaseObject after() {
      return change.after();
    }

    /// What is made together with the columns.
    boolean includes(DatabaseObject object) {
      return object == clustered
          || (object instanceof Constraint
              && (keys.stream().anyMatch(key -> key == object)
                  || defaults.stream().anyMatch(value -> value == object)));
    }
  }
}
