package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A named value that somebody has attached to an object, such as its description.
///
/// @param host what it is attached to; absent for the database itself
/// @param value as T-SQL writes it: `N'…'`
public record ExtendedProperty(
    HostType hostType, @Nullable ObjectName host, String property, String value)
    implements DatabaseObject {

  /// What it is attached to, in the words of `sp_addextendedproperty`.
  public enum HostType {
    DATABASE,
    SCHEMA,
    TABLE,
    VIEW,
    PROCEDURE,
    FUNCTION,
    SYNONYM,
    SEQUENCE,
    TYPE,
    TABLE_TYPE,
    USER,
    ROLE,
    TABLE_COLUMN,
    VIEW_COLUMN,
    CONSTRAINT,
    INDEX,
    VIEW_INDEX,
    TRIGGER,
    PARAMETER_OF_PROCEDURE,
    PARAMETER_OF_FUNCTION
  }

  /// A property has no name in its schema; two are the same if host and property are.
  @Override
  public @Nullable ObjectName name() {
    return null;
  }

  @Override
  public ObjectType type() {
    return ObjectType.EXTENDED_PROPERTY;
  }

  @Override
  public Set<ObjectName> references() {
    return host == null ? Set.of() : Set.of(host);
  }

  @Override
  public String title() {
    return "%s of %s"
        .formatted(ObjectName.quoted(property), host == null ? "the database" : host.toString());
  }
}
