package dev.edj.target;

import dev.edj.parameter.ParameterValue;
import dev.edj.parameter.ParameterValue.Missing;
import dev.edj.parameter.ParameterValue.Secret;
import dev.edj.parameter.ParameterValue.Text;
import dev.edj.parameter.ParameterValues;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.target.MemberStore.ListedValue;
import dev.edj.target.MemberStore.MemberRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// The values that databases of a target carry: those of the memberships on the way to them, of
/// which the one nearest to the database wins, and those of the database where a target lists it.
final class Carrying {

  /// @param way where it was found, for people
  private record Carried(ParameterValue value, String way) {}

  private final TargetTree tree;
  private final Map<UUID, List<ListedValue>> listed;
  private final Resolving resolving;
  private final Map<UUID, Map<ResolvedDatabase, Map<String, Carried>>> known = new HashMap<>();

  Carrying(TargetTree tree, Map<UUID, List<ListedValue>> listed, Resolving resolving) {
    this.tree = tree;
    this.listed = listed;
    this.resolving = resolving;
  }

  /// Of those that carry nothing there is nothing.
  Map<ResolvedDatabase, ParameterValues> values() {
    if (listed.isEmpty() && !tree.carriesValues()) {
      return Map.of();
    }
    Map<ResolvedDatabase, ParameterValues> values = new HashMap<>();
    of(tree.root())
        .forEach((database, carried) -> {
          if (!carried.isEmpty()) {
            values.put(database, values(carried));
          }
        });
    return values;
  }

  private static ParameterValues values(Map<String, Carried> carried) {
    SortedMap<String, ParameterValue> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    carried.forEach((name, found) -> values.put(name, found.value()));
    return new ParameterValues(values);
  }

  private Map<ResolvedDatabase, Map<String, Carried>> of(MemberRow target) {
    Map<ResolvedDatabase, Map<String, Carried>> before = known.get(target.targetId());
    if (before != null) {
      return before;
    }
    Map<ResolvedDatabase, Map<String, Carried>> found =
        target.kind() == TargetKind.CustomCollection ? ofCollection(target) : ofListed(target);
    known.put(target.targetId(), found);
    return found;
  }

  private Map<ResolvedDatabase, Map<String, Carried>> ofListed(MemberRow target) {
    Map<ResolvedDatabase, Map<String, Carried>> found = new HashMap<>();
    List<ListedValue> values = listed.getOrDefault(target.targetId(), List.of());
    if (!values.isEmpty()) {
      Set<ResolvedDatabase> databases = resolving.databases(target);
      for (ListedValue value : values) {
        ResolvedDatabase database = resolving.spelled(value.database());
        if (databases.contains(database)) {
          String way = "'%s', database %s".formatted(target.name(), place(database));
          found.put(database, carried(ParameterValues.parse(value.parameters()), way));
        }
      }
    }
    return found;
  }

  private Map<ResolvedDatabase, Map<String, Carried>> ofCollection(MemberRow collection) {
    Map<ResolvedDatabase, Map<String, Carried>> found = new HashMap<>();
    for (MemberRow child : tree.childrenOf(collection)) {
      if (child.membership() == Membership.Include) {
        addChild(collection, child, found);
      }
    }
    found.keySet().retainAll(resolving.databases(collection));
    return found;
  }

  private void addChild(
      MemberRow collection, MemberRow child, Map<ResolvedDatabase, Map<String, Carried>> found) {
    Map<ResolvedDatabase, Map<String, Carried>> below = of(child);
    if (child.parameters() == null) {
      below.forEach((database, carried) -> put(found, database, carried));
      return;
    }
    String name = child.name() == null ? child.server() + "/" + child.databaseName() : child.name();
    Map<String, Carried> own =
        carried(
            ParameterValues.parse(child.parameters()),
            "member '%s' of '%s'".formatted(name, collection.name()));
    for (ResolvedDatabase database : resolving.databases(child)) {
      Map<String, Carried> carried = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      carried.putAll(own);
      below.getOrDefault(database, Map.of()).forEach(carried::put);
      put(found, database, carried);
    }
  }

  private static void put(
      Map<ResolvedDatabase, Map<String, Carried>> found,
      ResolvedDatabase database,
      Map<String, Carried> carried) {
    Map<String, Carried> before = found.putIfAbsent(database, carried);
    if (before == null) {
      return;
    }
    Map<String, Carried> both = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    both.putAll(before);
    carried.forEach((name, value) -> {
      Carried other = both.putIfAbsent(name, value);
      if (other != null && !other.value().equals(value.value())) {
        throw contradiction(database, name, other, value);
      }
    });
    found.put(database, both);
  }

  private static EdjException contradiction(
      ResolvedDatabase database, String name, Carried one, Carried other) {
    return new EdjException(
        ErrorCode.INVALID_FIELD,
        "target",
        "database %s carries two values of '%s': %s as %s, and %s as %s; nothing says which one wins"
            .formatted(
                place(database),
                name,
                shown(one.value()),
                one.way(),
                shown(other.value()),
                other.way()));
  }

  private static String shown(ParameterValue value) {
    return switch (value) {
      case Text(String text) -> "'%s'".formatted(text);
      case Secret _, Missing _ -> "a secret, which can be compared with nothing,";
    };
  }

  private static Map<String, Carried> carried(ParameterValues values, String way) {
    Map<String, Carried> carried = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.byName().forEach((name, value) -> carried.put(name, new Carried(value, way)));
    return carried;
  }

  private static String place(ResolvedDatabase database) {
    return database.server() + "/" + database.database();
  }
}
