package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;

/// A role of the database; the fixed ones, such as `db_owner`, are never listed.
public record Role(ObjectName name, String owner) implements DatabaseObject {

  @Override
  public ObjectType type() {
    return ObjectType.ROLE;
  }

  @Override
  public Set<ObjectName> references() {
    return Set.of(ObjectName.of(owner));
  }
}
