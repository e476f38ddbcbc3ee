package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody may do, or may not.
///
/// @param permission as T-SQL writes it, in upper case: `VIEW DEFINITION`
/// @param securable absent where it is the database
/// @param column of the securable; absent where it is the whole
public record Permission(
    State state,
    String permission,
    SecurableClass securableClass,
    @Nullable ObjectName securable,
    @Nullable String column,
    String grantee)
    implements DatabaseObject {

  /// Whether it is given or withheld.
  public enum State {
    GRANT,
    GRANT_WITH_GRANT_OPTION,
    DENY
  }

  /// What the permission is about, as `GRANT … ON class::name` writes it.
  public enum SecurableClass {
    DATABASE,
    OBJECT,
    SCHEMA,
    TYPE,
    /// Both a user and a role are principals; the server tells them apart by name.
    USER,
    ROLE
  }

  @Override
  public @Nullable ObjectName name() {
    return null;
  }

  @Override
  public ObjectType type() {
    return ObjectType.PERMISSION;
  }

  @Override
  public Set<ObjectName> references() {
    return securable == null
        ? Set.of(ObjectName.of(grantee))
        : Set.copyOf(List.of(ObjectName.of(grantee), securable));
  }

  @Override
  public String title() {
    return "%s %s on %s to %s"
        .formatted(
            state == State.DENY ? "DENY" : "GRANT",
            permission,
            securable == null ? "the database" : securable.toString(),
            ObjectName.quoted(grantee));
  }
}
