package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A user or role that has a role; the role may be a fixed one, such as `db_datareader`.
public record RoleMember(String role, String member) implements DatabaseObject {

  @Override
  public @Nullable ObjectName name() {
    return null;
  }

  @Override
  public ObjectType type() {
    return ObjectType.ROLE_MEMBER;
  }

  @Override
  public Set<ObjectName> references() {
    return Set.copyOf(List.of(ObjectName.of(role), ObjectName.of(member)));
  }

  @Override
  public String title() {
    return "%s in %s".formatted(ObjectName.quoted(member), ObjectName.quoted(role));
  }
}
