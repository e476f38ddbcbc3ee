package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.SqlModule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Puts things in an order in which each stands after what it refers to, and otherwise by kind, as
/// DacFx does. Where two refer to each other, which procedures may, one of them comes first.
final class Order {

  private final NameRule rule;

  Order(NameRule rule) {
    this.rule = rule;
  }

  /// For what comes and changes.
  ///
  /// @param object what an item makes
  /// @param more what an item needs beside what its object refers to
  <T> List<T> dependenciesFirst(
      List<T> items, Function<T, DatabaseObject> object, Function<T, Set<ObjectName>> more) {
    return new Walk<>(items, object, more).sorted();
  }

  /// For what goes.
  List<DatabaseObject> dependentsFirst(List<DatabaseObject> objects) {
    List<DatabaseObject> sorted =
        new ArrayList<>(dependenciesFirst(objects, Function.identity(), object -> Set.of()));
    sorted.sort(Comparator.comparing(Order::lateness));
    return sorted.reversed();
  }

  /// When a kind of object is made, if nothing else says so.
  static int lateness(DatabaseObject object) {
    return switch (object.type()) {
      case USER, ROLE -> 0;
      case SCHEMA -> 1;
      case ROLE_MEMBER -> 2;
      case ALIAS_TYPE, TABLE_TYPE, SEQUENCE, SYNONYM -> 3;
      case TABLE -> 4;
      case PRIMARY_KEY, UNIQUE -> object instanceof KeyConstraint key && key.clustered() ? 5 : 6;
      case INDEX -> object instanceof Index index && index.clustered() ? 5 : 7;
      case DEFAULT -> 8;
      case FOREIGN_KEY -> 9;
      case CHECK -> 10;
      case VIEW, PROCEDURE, SCALAR_FUNCTION, INLINE_FUNCTION, TABLE_FUNCTION -> 11;
      case TRIGGER -> 12;
      case PERMISSION -> 13;
      case EXTENDED_PROPERTY -> 14;
      case UNMODELLED -> 15;
    };
  }

  private final class Walk<T> {

    private final List<T> items;
    private final Function<T, DatabaseObject> object;
    private final Function<T, Set<ObjectName>> more;
    private final Map<ObjectName, List<T>> byName = new HashMap<>();
    private final Set<T> visited = Work.identitySet();
    private final List<T> sorted = new ArrayList<>();

    Walk(List<T> items, Function<T, DatabaseObject> object, Function<T, Set<ObjectName>> more) {
      this.items = items;
      this.object = object;
      this.more = more;
      for (T item : items) {
        ObjectName name = object.apply(item).name();
        if (name != null && isReferredTo(object.apply(item).type())) {
          byName.computeIfAbsent(rule.key(name), key -> new ArrayList<>()).add(item);
        }
      }
    }

    /// Indexes and constraints have names that could be those of columns.
    private static boolean isReferredTo(ObjectType type) {
      return switch (type) {
        case INDEX, PRIMARY_KEY, UNIQUE, FOREIGN_KEY, CHECK, DEFAULT, TRIGGER -> false;
        default -> true;
      };
    }

    List<T> sorted() {
      List<T> byKind = new ArrayList<>(items);
      byKind.sort(Comparator.comparing(item -> lateness(object.apply(item))));
      byKind.forEach(this::visit);
      return sorted;
    }

    /// Goes down without recursion: a package may have a chain of any length.
    private void visit(T first) {
      Deque<Path<T>> path = new ArrayDeque<>();
      enter(first, path);
      while (!path.isEmpty()) {
        Path<T> here = path.peek();
        if (here.needs().hasNext()) {
          enter(here.needs().next(), path);
        } else {
          sorted.add(path.pop().item());
        }
      }
    }

    private void enter(T item, Deque<Path<T>> path) {
      if (visited.add(item)) {
        path.push(new Path<>(item, needs(item).iterator()));
      }
    }

    private List<T> needs(T item) {
      DatabaseObject made = object.apply(item);
      Set<ObjectName> names = new TreeSet<>(Comparator.comparing(ObjectName::toString));
      names.addAll(made.references());
      names.addAll(more.apply(item));
      ObjectName name = made.name();
      if (name != null && name.parts().size() > 1) {
        names.add(ObjectName.of(name.parts().getFirst()));
      }
      if (made instanceof SqlModule module && module.parent() != null) {
        names.add(module.parent());
      }
      return names.stream().flatMap(reference -> named(reference).stream()).toList();
    }

    /// What a name, or the longest beginning of it, belongs to.
    private List<T> named(ObjectName reference) {
      for (int length = reference.parts().size(); length > 0; length--) {
        ObjectName name = rule.key(new ObjectName(reference.parts().subList(0, length)));
        List<T> found = byName.get(name);
        if (found != null) {
          return found;
        }
      }
      return List.of();
    }
  }

  /// Where a walk stands: an item, and what of its needs is still to be visited.
  private record Path<T>(T item, Iterator<T> needs) {}
}
