package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Synonym;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.TableType;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.model.User;
import java.util.List;

/// Statements that are there for every kind of object. Each is a list of batches, to be sent one by
/// one on one connection. What only some kinds have stands with them: [TableStatements],
/// [ConstraintStatements], [ModuleStatements], [SecurityStatements], [SequenceStatements],
/// [ExtendedPropertyStatements], [RenameStatements], [TableRebuild], [DataLossGuard].
public final class Statements {

  private Statements() {}

  /// Makes the object; of a table, without any constraint. Constraints are made without looking at
  /// the rows that are there if they do not want to be checked.
  ///
  /// @throws IllegalArgumentException for what is not modelled
  public static List<String> create(DatabaseObject object) {
    return switch (object) {
      case Schema schema -> SecurityStatements.create(schema);
      case Role role -> SecurityStatements.create(role);
      case User user -> SecurityStatements.create(user);
      case RoleMember member -> SecurityStatements.add(member);
      case Permission permission -> SecurityStatements.give(permission);
      case AliasType type -> TypeStatements.create(type);
      case TableType type -> TypeStatements.create(type);
      case Sequence sequence -> SequenceStatements.create(sequence);
      case Synonym synonym ->
          List.of(
              "CREATE SYNONYM %s FOR %s;".formatted(synonym.name(), target(synonym.standsFor())));
      case Table table -> TableStatements.create(table, List.of(), List.of());
      case Constraint constraint -> ConstraintStatements.add(constraint, isUnchecked(constraint));
      case Index index -> IndexStatements.create(index);
      case SqlModule module -> ModuleStatements.create(module);
      case ExtendedProperty property -> ExtendedPropertyStatements.add(property);
      case Unmodelled unmodelled -> throw notHandled(unmodelled);
    };
  }

  /// Removes the object.
  ///
  /// @throws IllegalArgumentException for what is not modelled
  public static List<String> drop(DatabaseObject object) {
    return switch (object) {
      case Schema schema -> drop("SCHEMA", schema.name());
      case Role role -> drop("ROLE", role.name());
      case User user -> drop("USER", user.name());
      case RoleMember member -> SecurityStatements.remove(member);
      case Permission permission -> SecurityStatements.revoke(permission);
      case AliasType type -> drop("TYPE", type.name());
      case TableType type -> drop("TYPE", type.name());
      case Sequence sequence -> drop("SEQUENCE", sequence.name());
      case Synonym synonym -> drop("SYNONYM", synonym.name());
      case Table table -> drop("TABLE", table.name());
      case Constraint constraint -> ConstraintStatements.drop(constraint);
      case Index index -> IndexStatements.drop(index);
      case SqlModule module -> drop(ModuleStatements.kind(module), module.name());
      case ExtendedProperty property -> ExtendedPropertyStatements.drop(property);
      case Unmodelled unmodelled -> throw notHandled(unmodelled);
    };
  }

  /// A comment of one line, which the text cannot end.
  public static String comment(String text) {
    return "/*\n%s\n*/".formatted(Literal.inComment(text.replaceAll("\\R", " ")));
  }

  /// Says something to whoever runs the script.
  public static String print(String text) {
    return "PRINT %s;".formatted(Literal.of(text));
  }

  private static List<String> drop(String kind, ObjectName name) {
    return List.of("DROP %s %s;".formatted(kind, name));
  }

  private static boolean isUnchecked(Constraint constraint) {
    return switch (constraint) {
      case ForeignKey key -> !key.checked();
      case CheckConstraint check -> !check.checked();
      default -> false;
    };
  }

  /// A part that is left out, as in `[server]..[dbo].[T]`, is empty.
  private static String target(ObjectName name) {
    return String.join(
        ".",
        name.parts().stream().map(part -> part.isEmpty() ? "" : ObjectName.quoted(part)).toList());
  }

  private static IllegalArgumentException notHandled(Unmodelled object) {
    return new IllegalArgumentException(object.title() + " is not handled");
  }
}
