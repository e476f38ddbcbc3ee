package dev.edj.target;

import dev.edj.engine.ServerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A target to be created.
///
/// @param name null means `server/database`, `server/*`, `server/database#map` or
///   `server/pool:name`; a collection and a group by names need one
/// @param database of a Database; of a ShardMap the one that its manager is in
/// @param credential of a Server, an ElasticPool or a ShardMap: the login that lists its databases;
///   null means the job's own
/// @param includeSystemDatabases of a Server; null means no
/// @param settings of a Server
/// @param shardMap the map's name
/// @param namePatterns of a Server: only databases that one of them matches; `*` stands for any
///   characters, `?` for one
/// @param excludePatterns of a Server: no databases that one of them matches
/// @param pool the elastic pool's name
public record NewTarget(
    TargetKind kind,
    @Nullable String name,
    @Nullable String server,
    @Nullable String database,
    @Nullable String credential,
    @Nullable Boolean includeSystemDatabases,
    @Nullable ServerSettingsChange settings,
    @Nullable String shardMap,
    @Nullable List<String> namePatterns,
    @Nullable List<String> excludePatterns,
    @Nullable String pool) {

  public static NewTarget shardMap(
      @Nullable String name,
      String server,
      String database,
      String shardMap,
      @Nullable String credential) {
    return new NewTarget(
        TargetKind.ShardMap,
        name,
        server,
        database,
        credential,
        null,
        null,
        shardMap,
        null,
        null,
        null);
  }

  public static NewTarget elasticPool(
      @Nullable String name, String server, String pool, @Nullable String credential) {
    return new NewTarget(
        TargetKind.ElasticPool, name, server, null, credential, null, null, null, null, null, pool);
  }

  /// One that is neither a shard map nor a pool nor a group by names.
  public NewTarget(
      TargetKind kind,
      @Nullable String name,
      @Nullable String server,
      @Nullable String database,
      @Nullable String credential,
      @Nullable Boolean includeSystemDatabases,
      @Nullable ServerSettingsChange settings) {
    this(
        kind,
        name,
        server,
        database,
        credential,
        includeSystemDatabases,
        settings,
        null,
        null,
        null,
        null);
  }

  /// What it will be called; an [EdjException] that names the field when it can be no target.
  public String checkedName() {
    TargetRules.check(this);
    TargetRules.checkListNames(this);
    if (database != null) {
      TargetRules.database(database);
    }
    ServerName canonical = kind == TargetKind.CustomCollection ? null : TargetRules.server(server);
    return TargetRules.name(name == null ? TargetRules.defaultName(this, canonical) : name);
  }
}
