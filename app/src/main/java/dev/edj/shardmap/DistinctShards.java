package dev.edj.shardmap;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Each database once: a map may list one under several ports and protocols. What comes out does
/// not depend on the order of what goes in.
record DistinctShards(List<Shard> kept, List<Shard> merged) {

  /// What sets databases apart. SQL Server takes `Sales` and `SALES` for one database, the other
  /// engines do not.
  private record Key(String server, String database) {

    static Key of(Shard shard) {
      return shard.server().contains("://")
          ? new Key(shard.server(), shard.database())
          : new Key(
              shard.server().toLowerCase(Locale.ROOT), shard.database().toLowerCase(Locale.ROOT));
    }
  }

  private static final Comparator<Shard> BY_SERVER_AND_DATABASE =
      comparing(Shard::server).thenComparing(Shard::database);

  /// Of two entries for one database, the one that EDJ can use, then the one that is in use.
  private static final Comparator<Shard> BEST_FIRST =
      comparing((Shard shard) -> shard.problem() != null)
          .thenComparing(shard -> !shard.isOnline())
          .thenComparing(Shard::database)
          .thenComparingInt(shard -> shard.stored().protocol())
          .thenComparingInt(shard -> shard.stored().port())
          .thenComparing(shard -> shard.stored().serverName());

  static DistinctShards of(List<Shard> shards) {
    Set<Key> seen = new HashSet<>();
    List<Shard> kept = new ArrayList<>();
    List<Shard> merged = new ArrayList<>();
    for (Shard shard : shards.stream().sorted(BEST_FIRST).toList()) {
      (seen.add(Key.of(shard)) ? kept : merged).add(shard);
    }
    kept.sort(BY_SERVER_AND_DATABASE);
    merged.sort(BY_SERVER_AND_DATABASE);
    return new DistinctShards(kept, merged);
  }
}
