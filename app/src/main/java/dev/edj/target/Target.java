package dev.edj.target;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something a job can be pointed at.
///
/// @param name unique; by default the natural key, `host/database`, `host/*` or `host/database#map`
/// @param server canonical server name; null for a custom collection
/// @param database of a Database; of a ShardMap the one that its manager is in
/// @param shardMap the map's name
/// @param pool the elastic pool's name
/// @param credential the login that enumerates a server's databases or reads a shard map
/// @param namePatterns of a Server: only databases that one of them matches, if there is any
/// @param excludePatterns of a Server: no databases that one of them matches
/// @param settings of the server; present on Server targets
public record Target(
    UUID id,
    String name,
    TargetKind kind,
    @Nullable String server,
    @Nullable String database,
    @Nullable String shardMap,
    @Nullable String pool,
    @Nullable String credential,
    boolean includeSystemDatabases,
    List<String> namePatterns,
    List<String> excludePatterns,
    @Nullable ServerSettings settings,
    Instant createdAt,
    Instant updatedAt) {}
