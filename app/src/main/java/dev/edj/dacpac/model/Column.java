package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A column of a table or of a table type.
public sealed interface Column {

  String name();

  Set<ObjectName> references();

  /// A column that holds a value.
  ///
  /// @param identity absent where the column is none
  /// @param collation absent where it is the database's
  /// @param masking the function by which its values are masked, such as `default()`; absent for
  ///   none
  record Simple(
      String name,
      DataType dataType,
      boolean nullable,
      @Nullable Identity identity,
      boolean rowGuid,
      boolean sparse,
      @Nullable String collation,
      @Nullable String masking)
      implements Column {

    @Override
    public Set<ObjectName> references() {
      return dataType.references();
    }
  }

  /// A column that is calculated from others.
  ///
  /// @param expression as it was written, with or without parentheses around it
  /// @param nullable false only where it is persisted and declared `NOT NULL`; a live database does
  ///   not tell that from one that holds no nulls by what it calculates
  record Computed(
      String name,
      String expression,
      boolean persisted,
      boolean nullable,
      Set<ObjectName> references)
      implements Column {

    public Computed {
      references = Set.copyOf(references);
    }

    public Computed with(String otherExpression) {
      return new Computed(name, otherExpression, persisted, nullable, references);
    }
  }

  /// Values that the server counts. They are decimal because the column may be.
  record Identity(BigDecimal seed, BigDecimal increment, boolean notForReplication) {}
}
