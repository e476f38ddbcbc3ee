package dev.edj.target;

import dev.edj.engine.TargetException;
import dev.edj.target.MemberStore.MemberRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Finds the databases that a target is now, asking servers where it must.
///
/// A collection is what its included children are, without what its excluded children are. That
/// holds at every depth: a collection means the same wherever it stands.
public final class TargetResolver {

  private static final Comparator<ResolvedDatabase> BY_SERVER_AND_NAME =
      Comparator.comparing(ResolvedDatabase::server).thenComparing(ResolvedDatabase::database);

  private static final Set<TargetKind> SERVERS = Set.of(TargetKind.Server, TargetKind.ElasticPool);
  private static final Set<TargetKind> SHARD_MAPS = Set.of(TargetKind.ShardMap);
  private static final Set<TargetKind> LISTING =
      Set.of(TargetKind.Server, TargetKind.ElasticPool, TargetKind.ShardMap);

  private final MemberStore store;
  private final Listings listings;

  public TargetResolver(Jdbi jdbi, Dialer dialer) {
    this.store = jdbi.onDemand(MemberStore.class);
    KnownServers known = new KnownServers(jdbi);
    this.listings = new Listings(dialer, new ShardMaps(dialer, known), known);
  }

  /// What is written down below a target; no server is asked.
  public TargetMembers members(UUID targetId) {
    TargetTree tree = TargetTree.of(store.membersByIndex(targetId));
    UUID[] listing =
        tree.all(LISTING).stream().map(MemberRow::targetId).distinct().toArray(UUID[]::new);
    return new TargetMembers(tree, listing.length == 0 ? List.of() : store.listedValues(listing));
  }

  /// The same with what its shard maps say now, if there are any.
  ///
  /// @param credentialId the job's credential, for shard maps that have none of their own
  public TargetMembers refreshed(TargetMembers members, @Nullable Long credentialId)
      throws TargetException {
    return members.withShardMaps(
        listings.ofShardMaps(members.tree().all(SHARD_MAPS), credentialId));
  }

  public ResolvedTarget resolve(UUID targetId, @Nullable Long credentialId) throws TargetException {
    return resolve(members(targetId), credentialId);
  }

  /// @param credentialId the job's credential, for servers whose target has none of its own; null
  ///   where there is no job
  public ResolvedTarget resolve(TargetMembers members, @Nullable Long credentialId)
      throws TargetException {
    Resolving resolving = ask(members, credentialId);
    List<ResolvedDatabase> databases =
        resolving.databases(members.tree().root()).stream().sorted(BY_SERVER_AND_NAME).toList();
    Carrying carrying = new Carrying(members.tree(), members.listedValues(), resolving);
    return new ResolvedTarget(databases, carrying.values(), resolving.explanation());
  }

  /// Every database that is met below the target, with the ways by which it is in or out.
  public ExplainedResolution explain(UUID targetId, @Nullable Long credentialId)
      throws TargetException {
    TargetMembers members = members(targetId);
    Resolving resolving = ask(members, credentialId);
    // What a start would refuse is refused here, too.
    resolving.databases(members.tree().root());
    return new ExplainedResolution(
        new Explaining(members.tree(), resolving).databases(), resolving.explanation());
  }

  private Resolving ask(TargetMembers members, @Nullable Long credentialId) throws TargetException {
    TargetTree tree = members.tree();
    Map<UUID, Listing> shardMaps =
        members.isRefreshed() ? members.shardMaps() : refreshed(members, credentialId).shardMaps();
    return new Resolving(tree, listings.ofServers(tree.all(SERVERS), credentialId), shardMaps);
  }
}
