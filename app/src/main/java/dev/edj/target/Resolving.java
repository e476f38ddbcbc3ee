package dev.edj.target;

import static java.util.Objects.requireNonNull;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.target.MemberStore.MemberRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// One resolution: what each target of the tree was found to be.
final class Resolving {

  private final TargetTree tree;
  private final Map<UUID, Listing> listings;
  private final DatabaseNames names = new DatabaseNames();
  private final Set<ResolvedDatabase> unusable = new HashSet<>();
  private final Map<UUID, Set<ResolvedDatabase>> found = new HashMap<>();
  private final List<String> leftOut = new ArrayList<>();

  Resolving(TargetTree tree, Map<UUID, Listing> servers, Map<UUID, Listing> shardMaps) {
    this.tree = tree;
    this.listings = new HashMap<>(servers);
    listings.putAll(shardMaps);
    servers.values().forEach(listing -> names.addListed(listing.databases()));
    shardMaps.values().forEach(listing -> unusable.addAll(listing.unusable()));
  }

  Set<ResolvedDatabase> databases(MemberRow target) {
    return switch (target.kind()) {
      case Database -> Set.of(database(target));
      case Server, ElasticPool, ShardMap, CustomCollection -> {
        Set<ResolvedDatabase> known = found.get(target.targetId());
        yield known == null ? find(target) : known;
      }
    };
  }

  List<String> explanation() {
    return Stream.concat(
            listings.values().stream()
                .map(Listing::notes)
                .sorted(Comparator.comparing(List::getFirst))
                .flatMap(List::stream),
            leftOut.stream())
        .toList();
  }

  private Set<ResolvedDatabase> find(MemberRow target) {
    Set<ResolvedDatabase> databases =
        target.kind() == TargetKind.CustomCollection
            ? ofCollection(target)
            : listed(requireNonNull(listings.get(target.targetId())));
    found.put(target.targetId(), databases);
    return databases;
  }

  private Set<ResolvedDatabase> listed(Listing listing) {
    Set<ResolvedDatabase> databases = new LinkedHashSet<>();
    listing.databases().forEach(database -> databases.add(spelled(database)));
    databases.addAll(listing.unusable());
    return databases;
  }

  private Set<ResolvedDatabase> ofCollection(MemberRow collection) {
    Set<ResolvedDatabase> databases = new LinkedHashSet<>();
    for (MemberRow child : tree.childrenOf(collection)) {
      if (child.membership() == Membership.Include) {
        databases.addAll(databases(child));
      }
    }
    int included = databases.size();
    for (MemberRow child : tree.childrenOf(collection)) {
      if (child.membership() == Membership.Exclude) {
        Set<ResolvedDatabase> excluded = databases(child);
        refuseUnusable(collection, child, excluded);
        excluded.forEach(databases::remove);
      }
    }
    if (databases.size() < included) {
      leftOut.add(
          "collection '%s' leaves out %,d databases"
              .formatted(collection.name(), included - databases.size()));
    }
    return databases;
  }

  /// A shard that cannot be told might be a database that is to be left out.
  private void refuseUnusable(
      MemberRow collection, MemberRow child, Set<ResolvedDatabase> excluded) {
    unusable.stream()
        .filter(excluded::contains)
        .findFirst()
        .ifPresent(shard -> {
          throw new EdjException(
              ErrorCode.TARGET_UNREACHABLE,
              null,
              "collection '%s' excludes '%s', but which database its shard %s/%s is cannot be told; repair the shard map"
                  .formatted(collection.name(), child.name(), shard.server(), shard.database()));
        });
  }

  private ResolvedDatabase database(MemberRow target) {
    return spelled(
        new ResolvedDatabase(
            requireNonNull(target.serverId()),
            requireNonNull(target.server()),
            requireNonNull(target.databaseName())));
  }

  /// As its server spells the name.
  ResolvedDatabase spelled(ResolvedDatabase database) {
    String name = names.spelling(database.server(), database.database());
    return name.equals(database.database())
        ? database
        : new ResolvedDatabase(database.serverId(), database.server(), name);
  }
}
