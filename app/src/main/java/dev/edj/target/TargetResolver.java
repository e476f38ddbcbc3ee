package dev.edj.target;

import static java.util.Objects.requireNonNull;

import dev.edj.engine.TargetException;
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
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Finds the databases that a target is now, asking servers where it must.
///
/// A collection is what its included children are, without what its excluded children are. That
/// holds at every depth: a collection means the same wherever it stands.
public final class TargetResolver {

  private static final Comparator<ResolvedDatabase> BY_SERVER_AND_NAME =
      Comparator.comparing(ResolvedDatabase::server).thenComparing(ResolvedDatabase::database);

  private static final Set<TargetKind> SERVERS = Set.of(TargetKind.Server);
  private static final Set<TargetKind> SHARD_MAPS = Set.of(TargetKind.ShardMap);

  private final MemberStore store;
  private final Listings listings;

  public TargetResolver(Jdbi jdbi, Dialer dialer) {
    this.store = jdbi.onDemand(MemberStore.class);
    this.listings = new Listings(dialer, new ShardMaps(jdbi, dialer));
  }

  /// What is written down below a target; no server is asked.
  public TargetMembers members(UUID targetId) {
    return new TargetMembers(TargetTree.of(store.membersByIndex(targetId)));
  }

  /// The same with what its shard maps say now, if there are any.
  ///
  /// @param credentialId the job's credential, for shard maps that have none of their own
  public TargetMembers refreshed(TargetMembers members, @Nullable Long credentialId)
      throws TargetException {
    return members.withShardMaps(listings.list(members.tree().all(SHARD_MAPS), credentialId));
  }

  public Resolution resolve(UUID targetId, @Nullable Long credentialId) throws TargetException {
    return resolve(members(targetId), credentialId);
  }

  /// @param credentialId the job's credential, for servers whose target has none of its own; null
  ///   where there is no job
  public Resolution resolve(TargetMembers members, @Nullable Long credentialId)
      throws TargetException {
    TargetTree tree = members.tree();
    Map<UUID, Listing> shardMaps =
        members.isRefreshed() ? members.shardMaps() : refreshed(members, credentialId).shardMaps();
    Run run = new Run(tree, listings.list(tree.all(SERVERS), credentialId), shardMaps);
    List<ResolvedDatabase> databases =
        run.databases(tree.root()).stream().sorted(BY_SERVER_AND_NAME).toList();
    return new Resolution(databases, run.explanation());
  }

  /// One resolution: what each target of the tree was found to be.
  private static final class Run {

    private final TargetTree tree;
    private final Map<UUID, Listing> listings;
    private final DatabaseNames names = new DatabaseNames();
    private final Set<ResolvedDatabase> unusable = new HashSet<>();
    private final Map<UUID, Set<ResolvedDatabase>> found = new HashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    Run(TargetTree tree, Map<UUID, Listing> servers, Map<UUID, Listing> shardMaps) {
      this.tree = tree;
      this.listings = new HashMap<>(servers);
      listings.putAll(shardMaps);
      servers.values().forEach(listing -> names.addListed(listing.databases()));
      shardMaps.values().forEach(listing -> unusable.addAll(listing.unusable()));
    }

    Set<ResolvedDatabase> databases(MemberRow target) {
      return switch (target.kind()) {
        case Database -> Set.of(database(target));
        case Server, ShardMap, CustomCollection -> {
          Set<ResolvedDatabase> known = found.get(target.targetId());
          yield known == null ? find(target) : known;
        }
        case ElasticPool ->
            throw new IllegalStateException(target.kind() + " cannot be resolved yet");
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

    private ResolvedDatabase spelled(ResolvedDatabase database) {
      String name = names.spelling(database.server(), database.database());
      return name.equals(database.database())
          ? database
          : new ResolvedDatabase(database.serverId(), database.server(), name);
    }
  }
}
