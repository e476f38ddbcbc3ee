package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.KeyConstraint;
import java.util.ArrayList;
import java.util.List;

/// Adds, checks and drops constraints.
///
/// A constraint without a name has got one from the server, which is looked up when the statement
/// runs.
public final class ConstraintStatements {

  private static final String DISABLE = "NOCHECK CONSTRAINT";

  private ConstraintStatements() {}

  /// Adds it, and switches it off if it is to be off.
  ///
  /// @param withNocheck whether the rows that are there are left unchecked; of foreign keys and
  ///   conditions only
  public static List<String> add(Constraint constraint, boolean withNocheck) {
    List<String> batches = new ArrayList<>();
    batches.add(
        "ALTER TABLE %s%s\n    ADD %s;"
            .formatted(
                constraint.table(),
                withNocheck && canBeUnchecked(constraint) ? " WITH NOCHECK" : "",
                ConstraintText.of(constraint)));
    if (!isEnabled(constraint)) {
      batches.addAll(
          constraint.systemNamed()
              ? List.of(UnnamedConstraint.alter(constraint, DISABLE))
              : disable(constraint));
    }
    return batches;
  }

  public static List<String> drop(Constraint constraint) {
    return alter(constraint, "DROP CONSTRAINT");
  }

  /// Checks the rows that are there, after which the server trusts the constraint; also switches it
  /// on.
  public static List<String> check(Constraint constraint) {
    return alter(constraint, "WITH CHECK CHECK CONSTRAINT");
  }

  /// Switches it on without a look at the rows that are there.
  public static List<String> enable(Constraint constraint) {
    return alter(constraint, "WITH NOCHECK CHECK CONSTRAINT");
  }

  public static List<String> disable(Constraint constraint) {
    return alter(constraint, DISABLE);
  }

  private static List<String> alter(Constraint constraint, String change) {
    ObjectName name = constraint.name();
    return List.of(
        name == null
            ? UnnamedConstraint.alter(constraint, change)
            : "ALTER TABLE %s %s %s;"
                .formatted(constraint.table(), change, ObjectName.quoted(name.last())));
  }

  private static boolean canBeUnchecked(Constraint constraint) {
    return constraint instanceof ForeignKey || constraint instanceof CheckConstraint;
  }

  private static boolean isEnabled(Constraint constraint) {
    return switch (constraint) {
      case ForeignKey key -> key.enabled();
      case CheckConstraint check -> check.enabled();
      case DefaultConstraint _, KeyConstraint _ -> true;
    };
  }
}
