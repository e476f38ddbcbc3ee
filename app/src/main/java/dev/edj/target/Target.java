package dev.edj.target;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something a job can be pointed at.
///
/// @param name unique; by default the natural key, `host/database` or `host/*`
/// @param server canonical server name; null for a custom collection
/// @param credential the login that enumerates a server's databases
/// @param settings of the server; present on Server targets
public record Target(
    UUID id,
    String name,
    TargetKind kind,
    @Nullable String server,
    @Nullable String database,
    @Nullable String credential,
    boolean includeSystemDatabases,
    @Nullable ServerSettings settings,
    Instant createdAt,
    Instant updatedAt) {}
