package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A condition on each row.
///
/// @param expression as it was written, with or without parentheses around it
/// @param checked as of [ForeignKey]
/// @param enabled likewise
/// @param references the table, and what the expression speaks of
public record CheckConstraint(
    @Nullable ObjectName name,
    boolean systemNamed,
    ObjectName table,
    String expression,
    boolean notForReplication,
    boolean checked,
    boolean enabled,
    Set<ObjectName> references)
    implements Constraint {

  public CheckConstraint {
    references = Set.copyOf(references);
  }

  @Override
  public ObjectType type() {
    return ObjectType.CHECK;
  }

  public CheckConstraint withChecked(boolean nowChecked) {
    return new CheckConstraint(
        name, systemNamed, table, expression, notForReplication, nowChecked, enabled, references);
  }

  /// The same condition in other words, by the name that it has, even if the server made that up.
  public CheckConstraint keptWith(String otherExpression) {
    return new CheckConstraint(
        name,
        name == null,
        table,
        otherExpression,
        notForReplication,
        checked,
        enabled,
        references);
  }
}
