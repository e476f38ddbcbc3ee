package dev.edj.shardmap;

import org.jspecify.annotations.Nullable;

/// One database of a shard map.
///
/// @param server the server as people write it (`host`, `host,port`, `host\instance`,
///   `postgresql://host:port`), in the one form in which equal names are equal; as it is stored
///   when it cannot be read
/// @param status 0 is offline, 1 is online; others are the map's owner's
/// @param stored where the map says the shard is, in its own words
/// @param problem why this shard cannot be connected to, or `null`. It is this shard's failure, not
///   the map's
public record Shard(
    String server, String database, int status, StoredLocation stored, @Nullable String problem) {

  private static final int ONLINE = 1;

  public boolean isOnline() {
    return status == ONLINE;
  }
}
