package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;

/// Something in a live database that this library does not handle, such as an XML index. It is
/// known so that nothing under it is touched: a plan that would is refused.
///
/// @param what for people, such as `XML index`
/// @param references what it would be in the way of; as far as it is in a schema, its own name is
///   among them
public record Unmodelled(ObjectName name, String what, Set<ObjectName> references)
    implements DatabaseObject {

  public Unmodelled {
    references = Set.copyOf(references);
  }

  @Override
  public ObjectType type() {
    return ObjectType.UNMODELLED;
  }

  @Override
  public String title() {
    return what + " " + name;
  }
}
