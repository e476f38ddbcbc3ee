package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing in a database that is created, changed and dropped by a statement of its own.
public sealed interface DatabaseObject
    permits AliasType,
        Constraint,
        ExtendedProperty,
        Index,
        SqlModule,
        Permission,
        Role,
        RoleMember,
        Schema,
        Sequence,
        Synonym,
        Table,
        TableType,
        Unmodelled,
        User {

  /// Absent where the package leaves the name to the server, and for what has none.
  @Nullable ObjectName name();

  ObjectType type();

  /// What has to be there first: objects, or columns of theirs. Names of what is built in are left
  /// out, those of other databases too.
  Set<ObjectName> references();

  /// For people and reports: `[dbo].[Orders]`, and for what has no name, where it stands.
  default String title() {
    ObjectName name = name();
    return name == null ? "unnamed" : name.toString();
  }
}
