package dev.edj.target;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import dev.edj.parameter.ParameterValues;
import dev.edj.target.MemberStore.ListedValue;
import dev.edj.target.MemberStore.MemberRow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A target with everything below it, as it was when it was read.
public final class TargetMembers {

  private final TargetTree tree;
  private final Map<UUID, List<ListedValue>> listedValues;
  private final @Nullable Map<UUID, Listing> shardMaps;

  /// @param listedValues what databases carry that its servers, pools and shard maps list
  TargetMembers(TargetTree tree, List<ListedValue> listedValues) {
    this(tree, listedValues.stream().collect(groupingBy(ListedValue::targetId)), null);
  }

  private TargetMembers(
      TargetTree tree,
      Map<UUID, List<ListedValue>> listedValues,
      @Nullable Map<UUID, Listing> shardMaps) {
    this.tree = tree;
    this.listedValues = listedValues;
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

  /// The variables of which at least one database may carry a value.
  public Set<String> variables() {
    Set<String> variables = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Stream.concat(
            tree.children().values().stream().flatMap(List::stream).map(MemberRow::parameters),
            listedValues.values().stream().flatMap(List::stream).map(ListedValue::parameters))
        .filter(Objects::nonNull)
        .distinct()
        .forEach(json -> variables.addAll(ParameterValues.parse(json).byName().keySet()));
    return variables;
  }

  /// What the shard maps said: a few lines about each.
  public List<String> explanation() {
    return shardMaps().values().stream()
        .flatMap(listing -> listing.notes().stream())
        .distinct()
        .toList();
  }

  TargetMembers withShardMaps(Map<UUID, Listing> listings) {
    return new TargetMembers(tree, listedValues, listings);
  }

  Map<UUID, List<ListedValue>> listedValues() {
    return listedValues;
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
