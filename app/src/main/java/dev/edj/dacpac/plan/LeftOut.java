package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the options keep out of a deployment: objects of the types that they exclude, and all that
/// belongs to those.
final class LeftOut {

  private final PublishOptions options;
  private final NameRule rule;
  private final Set<Named> names = new HashSet<>();

  /// Objects of different spaces may have one name.
  private enum Space {
    OBJECT,
    TYPE,
    SCHEMA,
    PRINCIPAL
  }

  private record Named(Space space, ObjectName name) {}

  /// @param objects of both databases
  LeftOut(List<DatabaseObject> objects, PublishOptions options, NameRule rule) {
    this.options = options;
    this.rule = rule;
    int known;
    do {
      known = names.size();
      objects.stream().filter(this::has).forEach(this::add);
    } while (names.size() > known);
  }

  boolean has(DatabaseObject object) {
    ObjectName owner = Work.owner(object);
    return options.excludes(object.type())
        || (owner != null && names.contains(new Named(spaceOfOwner(object), rule.key(owner))));
  }

  /// Whether elements of a type, such as `SqlTable`, are.
  boolean excludes(String element) {
    return options.excludesElement(element);
  }

  private void add(DatabaseObject object) {
    ObjectName name = object.name();
    if (name != null) {
      names.add(new Named(space(object), rule.key(name)));
    }
  }

  private static Space space(DatabaseObject object) {
    return switch (object.type()) {
      case ALIAS_TYPE, TABLE_TYPE -> Space.TYPE;
      case SCHEMA -> Space.SCHEMA;
      case ROLE, USER -> Space.PRINCIPAL;
      default -> Space.OBJECT;
    };
  }

  private static Space spaceOfOwner(DatabaseObject part) {
    return switch (part) {
      case Permission permission ->
          switch (permission.securableClass()) {
            case TYPE -> Space.TYPE;
            case SCHEMA -> Space.SCHEMA;
            case USER, ROLE -> Space.PRINCIPAL;
            case OBJECT, DATABASE -> Space.OBJECT;
          };
      case ExtendedProperty property ->
          switch (property.hostType()) {
            case TYPE, TABLE_TYPE -> Space.TYPE;
            case SCHEMA -> Space.SCHEMA;
            case USER, ROLE -> Space.PRINCIPAL;
            default -> Space.OBJECT;
          };
      default -> Space.OBJECT;
    };
  }
}
