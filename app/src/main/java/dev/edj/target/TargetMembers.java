package dev.edj.target;

import static java.util.Objects.requireNonNull;

import dev.edj.target.MemberStore.MemberRow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A target with everything below it, as it was when it was read.
public final class TargetMembers {

  private final TargetTree tree;
  private final @Nullable Map<UUID, Listing> shardMaps;

  TargetMembers(TargetTree tree) {
    this(tree, null);
  }

  private TargetMembers(TargetTree tree, @Nullable Map<UUID, Listing> shardMaps) {
    this.tree = tree;
    this.shardMaps = shardMaps;
  }

  /// Whether shard maps have to be asked, whether for what is in or for what is out.
  public boolean hasShardMaps() {
    return !tree.all(Set.of(TargetKind.ShardMap)).isEmpty();
  }

  /// The servers that the target can lead to, by their names: those of shards once its shard maps
  /// were asked.
  public Set<String> servers() {
    Set<String> servers = new HashSet<>();
    tree.included().forEach(member -> addServers(member, servers));
    return servers;
  }

  /// What the shard maps said: a few lines about each.
  public List<String> explanation() {
    return shardMaps().values().stream()
        .flatMap(listing -> listing.notes().stream())
        .distinct()
        .toList();
  }

  TargetMembers withShardMaps(Map<UUID, Listing> listings) {
    return new TargetMembers(tree, listings);
  }

  boolean isRefreshed() {
    return shardMaps != null;
  }

  Map<UUID, Listing> shardMaps() {
    return shardMaps == null ? Map.of() : shardMaps;
  }

  TargetTree tree() {
    return tree;
  }

  private void addServers(MemberRow member, Set<String> servers) {
    switch (member.kind()) {
      case Database, Server, ElasticPool -> servers.add(requireNonNull(member.server()));
      case ShardMap -> {
        Listing listing = shardMaps().get(member.targetId());
        if (listing != null) {
          listing.databases().forEach(database -> servers.add(database.server()));
        }
      }
      case CustomCollection -> {}
    }
  }
}
