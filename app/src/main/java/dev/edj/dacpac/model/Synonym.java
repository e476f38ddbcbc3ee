package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;

/// Another name for an object, possibly of another database. What it stands for need not be there.
public record Synonym(ObjectName name, ObjectName standsFor) implements DatabaseObject {

  @Override
  public ObjectType type() {
    return ObjectType.SYNONYM;
  }

  @Override
  public Set<ObjectName> references() {
    return Set.of();
  }
}
