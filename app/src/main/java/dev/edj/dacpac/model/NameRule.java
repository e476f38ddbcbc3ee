package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Collection;
import java.util.Locale;

/// How a database compares names.
public enum NameRule {
  CASE_SENSITIVE,
  CASE_INSENSITIVE;

  public static NameRule of(Database database) {
    return database.caseSensitive() ? CASE_SENSITIVE : CASE_INSENSITIVE;
  }

  /// What is the same for names that the database takes for one.
  public String key(String name) {
    return switch (this) {
      case CASE_SENSITIVE -> name;
      case CASE_INSENSITIVE -> name.toLowerCase(Locale.ROOT);
    };
  }

  public ObjectName key(ObjectName name) {
    return new ObjectName(name.parts().stream().map(this::key).toList());
  }

  public boolean same(String one, String other) {
    return key(one).equals(key(other));
  }

  public boolean same(ObjectName one, ObjectName other) {
    return key(one).equals(key(other));
  }

  public boolean isAmong(Collection<ObjectName> names, ObjectName wanted) {
    return names.stream().anyMatch(name -> same(name, wanted));
  }

  /// Whether it is the name of the whole, or of a part of that.
  public boolean isWithin(ObjectName name, ObjectName whole) {
    int parts = whole.parts().size();
    return name.parts().size() >= parts
        && same(new ObjectName(name.parts().subList(0, parts)), whole);
  }
}
