package dev.edj.target;

import org.jspecify.annotations.Nullable;

/// A target to be created.
///
/// @param name null means `server/database`, `server/*` or `server/database#map`; a collection
///   needs one
/// @param database of a Database; of a ShardMap the one that its manager is in
/// @param credential of a Server or a ShardMap: the login that lists its databases; null means the
///   job's own
/// @param includeSystemDatabases of a Server; null means no
/// @param settings of a Server
/// @param shardMap the map's name
public record NewTarget(
    TargetKind kind,
    @Nullable String name,
    @Nullable String server,
    @Nullable String database,
    @Nullable String credential,
    @Nullable Boolean includeSystemDatabases,
    @Nullable ServerSettingsChange settings,
    @Nullable String shardMap) {

  /// One that is no shard map.
  public NewTarget(
      TargetKind kind,
      @Nullable String name,
      @Nullable String server,
      @Nullable String database,
      @Nullable String credential,
      @Nullable Boolean includeSystemDatabases,
      @Nullable ServerSettingsChange settings) {
    this(kind, name, server, database, credential, includeSystemDatabases, settings, null);
  }
}
