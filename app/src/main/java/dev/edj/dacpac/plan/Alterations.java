package dev.edj.dacpac.plan;

import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.User;
import dev.edj.dacpac.tsql.ConstraintStatements;
import dev.edj.dacpac.tsql.ExtendedPropertyStatements;
import dev.edj.dacpac.tsql.ModuleStatements;
import dev.edj.dacpac.tsql.SecurityStatements;
import dev.edj.dacpac.tsql.SequenceStatements;
import dev.edj.dacpac.tsql.Statements;
import java.util.ArrayList;
import java.util.List;

/// Writes the change of an object that stays where it is; tables have [TableSteps].
final class Alterations {

  private Alterations() {}

  /// Whether a sequence has to be made anew: its type cannot be changed.
  static boolean isRemade(Sequence before, Sequence after, NameRule rule) {
    return !before.dataType().isSame(after.dataType(), rule);
  }

  /// @param anew whether a module's text is to be written even if it is the same, since it was
  ///   unbound
  static List<String> batches(
      DatabaseObject before, DatabaseObject after, boolean anew, NameRule rule) {
    return switch (after) {
      case SqlModule module -> module((SqlModule) before, module, anew);
      case Schema schema -> SecurityStatements.alterAuthorization(schema);
      case Role role -> SecurityStatements.alterAuthorization(role);
      case User user -> SecurityStatements.alter((User) before, user);
      case Sequence sequence -> sequence((Sequence) before, sequence, rule);
      case Permission permission -> permission((Permission) before, permission);
      case ExtendedProperty property -> ExtendedPropertyStatements.update(property);
      case Constraint constraint -> constraint(constraint);
      default ->
          throw new IllegalArgumentException("%s cannot be altered".formatted(after.title()));
    };
  }

  private static List<String> module(SqlModule before, SqlModule after, boolean anew) {
    boolean onlyState =
        !anew
            && before.text().equals(after.text())
            && before.ansiNulls() == after.ansiNulls()
            && before.quotedIdentifiers() == after.quotedIdentifiers();
    return onlyState
        ? ModuleStatements.enable(after, after.enabled())
        : ModuleStatements.alter(after);
  }

  private static List<String> sequence(Sequence before, Sequence after, NameRule rule) {
    return isRemade(before, after, rule)
        ? SequenceStatements.remake(before, after)
        : SequenceStatements.alter(after);
  }

  /// A grant that may be passed on has to be taken back first, or it stays.
  private static List<String> permission(Permission before, Permission after) {
    List<String> batches = new ArrayList<>();
    if (before.state() == Permission.State.GRANT_WITH_GRANT_OPTION) {
      batches.addAll(Statements.drop(before));
    }
    batches.addAll(Statements.create(after));
    return batches;
  }

  private static List<String> constraint(Constraint after) {
    boolean enabled =
        switch (after) {
          case ForeignKey key -> key.enabled();
          case CheckConstraint check -> check.enabled();
          default -> true;
        };
    return enabled ? ConstraintStatements.enable(after) : ConstraintStatements.disable(after);
  }
}
