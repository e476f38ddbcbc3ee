package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A database while its names change. What speaks of an object is found without a look at all the
/// others: a package may have hundreds of renames, and a database ten thousand objects.
final class ChangingDatabase {

  private final Database start;
  private final NameRule rule;

  /// By their places, which give them an order.
  private final TreeMap<Integer, DatabaseObject> objects = new TreeMap<>();

  private final IdentityHashMap<DatabaseObject, Integer> places = new IdentityHashMap<>();

  /// By schema and object: where the places are that speak of it, or of a part of it.
  private final Map<ObjectName, Set<Integer>> speaking = new HashMap<>();

  ChangingDatabase(Database start, NameRule rule) {
    this.start = start;
    this.rule = rule;
    start.objects().forEach(this::add);
  }

  Database now() {
    return new Database(
        start.collation(),
        start.caseSensitive(),
        List.copyOf(objects.values()),
        start.renamesDone());
  }

  /// What is called so, belongs to it or speaks of it or of a part of it, in the order of the
  /// database.
  ///
  /// @param name of something in a schema, or of a part of that; then the same as of the whole
  List<DatabaseObject> near(ObjectName name) {
    return speaking.getOrDefault(whole(name), Set.of()).stream()
        .map(place -> Objects.requireNonNull(objects.get(place)))
        .toList();
  }

  Optional<DatabaseObject> find(ObjectName name, ObjectType type) {
    List<DatabaseObject> candidates =
        name.parts().size() > 1 ? near(name) : List.copyOf(objects.values());
    return candidates.stream()
        .filter(object -> object.type() == type)
        .filter(object -> object.name() != null && rule.same(object.name(), name))
        .findFirst();
  }

  /// Whether this very object is in it still.
  boolean has(DatabaseObject object) {
    return places.containsKey(object);
  }

  void add(DatabaseObject object) {
    put(objects.isEmpty() ? 0 : objects.lastKey() + 1, object);
  }

  void remove(DatabaseObject object) {
    int place = Objects.requireNonNull(places.remove(object));
    objects.remove(place);
    names(object).forEach(name -> Objects.requireNonNull(speaking.get(name)).remove(place));
  }

  /// The one takes the place of the other.
  void replace(DatabaseObject before, DatabaseObject after) {
    int place = Objects.requireNonNull(places.get(before));
    remove(before);
    put(place, after);
  }

  private void put(int place, DatabaseObject object) {
    objects.put(place, object);
    places.put(object, place);
    names(object)
        .forEach(name -> speaking.computeIfAbsent(name, key -> new TreeSet<>()).add(place));
  }

  private Set<ObjectName> names(DatabaseObject object) {
    Set<ObjectName> spoken = new HashSet<>(object.references());
    ObjectName name = object.name();
    if (name != null) {
      spoken.add(name);
    }
    ObjectName owner = Work.owner(object);
    if (owner != null) {
      spoken.add(owner);
    }
    Set<ObjectName> names = new HashSet<>();
    spoken.stream().filter(one -> one.parts().size() > 1).map(this::whole).forEach(names::add);
    return names;
  }

  /// What a column or an index belongs to.
  private ObjectName whole(ObjectName name) {
    return rule.key(name.parts().size() > 2 ? new ObjectName(name.parts().subList(0, 2)) : name);
  }
}
