package dev.edj.target;

import static java.util.Objects.requireNonNull;

import dev.edj.problem.EdjException;
import dev.edj.target.MemberStore.MemberRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Finds the ways by which databases are in a target or out of it. Done for people only: it takes
/// many times the memory of the resolution itself.
final class Explaining {

  private static final int MOST_DATABASES = 100_000;

  /// Collections can be nested so that there are more ways than anybody would read.
  private static final int MOST_WAYS = 10;

  private static final Comparator<ExplainedDatabase> BY_SERVER_AND_NAME =
      Comparator.comparing(ExplainedDatabase::server).thenComparing(ExplainedDatabase::database);

  /// @param in whether the ways lead in, or out
  private record Found(boolean in, List<String> ways) {

    Found below(String collection) {
      return new Found(in, ways.stream().map(way -> collection + " > " + way).toList());
    }

    /// One way in is enough, whatever else leaves it out.
    Found and(Found other) {
      if (in != other.in) {
        return in ? this : other;
      }
      List<String> both = new ArrayList<>(ways);
      other.ways.stream()
          .filter(way -> !both.contains(way))
          .limit(MOST_WAYS - both.size())
          .forEach(both::add);
      return new Found(in, both);
    }
  }

  private final TargetTree tree;
  private final Resolving resolving;
  private final Map<UUID, Map<ResolvedDatabase, Found>> known = new HashMap<>();

  Explaining(TargetTree tree, Resolving resolving) {
    this.tree = tree;
    this.resolving = resolving;
  }

  List<ExplainedDatabase> databases() {
    return found(tree.root()).entrySet().stream()
        .map(entry ->
            new ExplainedDatabase(
                entry.getKey().server(),
                entry.getKey().database(),
                entry.getValue().in(),
                entry.getValue().ways()))
        .sorted(BY_SERVER_AND_NAME)
        .toList();
  }

  private Map<ResolvedDatabase, Found> found(MemberRow target) {
    Map<ResolvedDatabase, Found> before = known.get(target.targetId());
    if (before != null) {
      return before;
    }
    Map<ResolvedDatabase, Found> found =
        target.kind() == TargetKind.CustomCollection ? ofCollection(target) : ofOther(target);
    known.put(target.targetId(), found);
    return found;
  }

  private Map<ResolvedDatabase, Found> ofOther(MemberRow target) {
    Map<ResolvedDatabase, Found> found = new LinkedHashMap<>();
    Found in = new Found(true, List.of(name(target)));
    resolving.databases(target).forEach(database -> found.put(database, in));
    return found;
  }

  private Map<ResolvedDatabase, Found> ofCollection(MemberRow collection) {
    String name = name(collection);
    Map<ResolvedDatabase, Found> found = new LinkedHashMap<>();
    for (MemberRow child : children(collection, Membership.Include)) {
      found(child).forEach((database, way) -> found.merge(database, way.below(name), Found::and));
      refuseMany(found.size());
    }
    Map<ResolvedDatabase, Found> out = new HashMap<>();
    for (MemberRow child : children(collection, Membership.Exclude)) {
      Set<ResolvedDatabase> excluded = resolving.databases(child);
      Found way = new Found(false, List.of(name(child))).below(name);
      excluded.stream()
          .filter(found::containsKey)
          .forEach(database -> out.merge(database, way, Found::and));
    }
    found.putAll(out);
    return found;
  }

  private List<MemberRow> children(MemberRow collection, Membership membership) {
    return tree.childrenOf(collection).stream()
        .filter(child -> child.membership() == membership)
        .toList();
  }

  private static void refuseMany(int databases) {
    if (databases > MOST_DATABASES) {
      throw EdjException.invalid(
          "target",
          "has more than %,d databases, which is too many to explain; ask for one of its members"
              .formatted(MOST_DATABASES));
    }
  }

  private static String name(MemberRow target) {
    return switch (target.kind()) {
      case Database -> "'%s/%s'".formatted(target.server(), target.databaseName());
      case Server ->
          target.namePatterns() == null && target.excludePatterns() == null
              ? "server " + target.server()
              : "'%s'".formatted(target.name());
      case ShardMap -> "shard map '%s'".formatted(target.name());
      case ElasticPool -> "elastic pool '%s'".formatted(target.name());
      case CustomCollection -> requireNonNull(target.name());
    };
  }
}
