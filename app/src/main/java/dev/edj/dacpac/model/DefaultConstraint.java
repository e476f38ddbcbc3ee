package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The value of a column where a row is inserted without one.
///
/// @param expression as it was written, with or without parentheses around it
/// @param references the table, and what the expression speaks of
public record DefaultConstraint(
    @Nullable ObjectName name,
    boolean systemNamed,
    ObjectName table,
    String column,
    String expression,
    Set<ObjectName> references)
    implements Constraint {

  public DefaultConstraint {
    references = Set.copyOf(references);
  }

  @Override
  public ObjectType type() {
    return ObjectType.DEFAULT;
  }
}
