package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;

/// A named type that is a built-in one with a length and a nullability.
public record AliasType(ObjectName name, DataType base, boolean nullable)
    implements DatabaseObject {

  @Override
  public ObjectType type() {
    return ObjectType.ALIAS_TYPE;
  }

  @Override
  public Set<ObjectName> references() {
    return base.references();
  }
}
