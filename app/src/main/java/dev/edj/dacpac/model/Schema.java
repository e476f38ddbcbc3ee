package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;

/// A schema; `dbo` and the other built-in ones are never listed.
///
/// @param owner a user or a role
public record Schema(ObjectName name, String owner) implements DatabaseObject {

  @Override
  public ObjectType type() {
    return ObjectType.SCHEMA;
  }

  @Override
  public Set<ObjectName> references() {
    return Set.of(ObjectName.of(owner));
  }
}
