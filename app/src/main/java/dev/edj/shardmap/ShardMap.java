package dev.edj.shardmap;

import java.util.ArrayList;
import java.util.List;

/// A shard map as it is now.
///
/// @param version of the store it is in
/// @param name as it is stored, which may differ in case from what was asked for
/// @param shards each database once, by server and database. Shards that are offline are among them
/// @param merged the entries left out because they mean a database that is among the shards
public record ShardMap(
    StoreVersion version, String name, ShardMapKind kind, List<Shard> shards, List<Shard> merged) {

  private static final int MOST_MERGED_LINES = 10;

  public ShardMap {
    shards = List.copyOf(shards);
    merged = List.copyOf(merged);
  }

  /// What a person should know about how the shards were found: a few lines.
  public List<String> explanation() {
    List<String> lines = new ArrayList<>();
    lines.add("shard map '%s' has %,d databases".formatted(name, shards.size()));
    long offline = shards.stream().filter(shard -> !shard.isOnline()).count();
    if (offline > 0) {
      lines.add("%,d of them are not marked as online".formatted(offline));
    }
    merged.stream()
        .limit(MOST_MERGED_LINES)
        .map(shard -> "%s/%s is listed more than once".formatted(shard.server(), shard.database()))
        .forEach(lines::add);
    if (merged.size() > MOST_MERGED_LINES) {
      lines.add("and %,d more".formatted(merged.size() - MOST_MERGED_LINES));
    }
    return lines;
  }
}
