package dev.edj.target;

import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a target to be created has to have, and must not have, by its kind.
final class TargetRules {

  private static final int LONGEST_NAME = 400;
  private static final String SERVER = "server";
  private static final String DATABASE = "database";
  private static final String SHARD_MAP = "shardMap";
  private static final String POOL = "pool";
  private static final String NAME_PATTERNS = "namePatterns";
  private static final String EXCLUDE_PATTERNS = "excludePatterns";

  private TargetRules() {}

  static void check(NewTarget target) {
    switch (target.kind()) {
      case Database -> {
        require(target, DATABASE, target.database());
        refuse(target.kind(), "credential", target.credential());
        refuse(target.kind(), "includeSystemDatabases", target.includeSystemDatabases());
        refuse(target.kind(), "settings", target.settings());
      }
      case Server -> {
        refuse(target.kind(), DATABASE, target.database());
        requireNameOfGroup(target);
      }
      case ShardMap -> {
        require(target, DATABASE, target.database());
        require(target, SHARD_MAP, target.shardMap());
        refuse(target.kind(), "includeSystemDatabases", target.includeSystemDatabases());
        refuse(target.kind(), "settings", target.settings());
      }
      case CustomCollection -> {
        require(target, "name", target.name());
        refuse(target.kind(), SERVER, target.server());
        refuse(target.kind(), DATABASE, target.database());
        refuse(target.kind(), "credential", target.credential());
        refuse(target.kind(), "includeSystemDatabases", target.includeSystemDatabases());
        refuse(target.kind(), "settings", target.settings());
      }
      case ElasticPool -> {
        require(target, POOL, target.pool());
        refuse(target.kind(), DATABASE, target.database());
        refuse(target.kind(), "includeSystemDatabases", target.includeSystemDatabases());
        refuse(target.kind(), "settings", target.settings());
        requireEngineWithPools(server(target.server()));
      }
    }
    if (target.kind() != TargetKind.ElasticPool) {
      refuse(target.kind(), POOL, target.pool());
    }
    if (target.kind() != TargetKind.ShardMap) {
      refuse(target.kind(), SHARD_MAP, target.shardMap());
    }
    if (target.kind() != TargetKind.Server) {
      refuse(target.kind(), NAME_PATTERNS, target.namePatterns());
      refuse(target.kind(), EXCLUDE_PATTERNS, target.excludePatterns());
    }
  }

  static void check(TargetKind kind, TargetChange change) {
    if (kind == TargetKind.Database || kind == TargetKind.CustomCollection) {
      refuse(kind, "credential", change.credential());
    }
    if (kind != TargetKind.Server) {
      refuse(kind, NAME_PATTERNS, change.namePatterns());
      refuse(kind, EXCLUDE_PATTERNS, change.excludePatterns());
      refuse(kind, "includeSystemDatabases", change.includeSystemDatabases());
      refuse(kind, "settings", change.settings());
    }
  }

  static String defaultName(NewTarget target, @Nullable ServerName server) {
    return server
        + switch (target.kind()) {
          case Database -> "/" + target.database();
          case ShardMap -> "/%s#%s".formatted(target.database(), target.shardMap());
          case ElasticPool -> "/pool:" + target.pool();
          case Server, CustomCollection -> "/*";
        };
  }

  static ServerName server(@Nullable String server) {
    if (server == null) {
      throw EdjException.invalid(SERVER, "must be given");
    }
    try {
      return ServerName.parse(server);
    } catch (IllegalArgumentException e) {
      throw new EdjException(ErrorCode.INVALID_FIELD, SERVER, SERVER + ": " + e.getMessage(), e);
    }
  }

  static String database(String database) {
    return Names.checked(DATABASE, database);
  }

  static void checkListNames(NewTarget target) {
    if (target.shardMap() != null) {
      Names.checked(SHARD_MAP, target.shardMap());
    }
    if (target.pool() != null) {
      Names.checked(POOL, target.pool());
    }
  }

  /// The patterns as they are stored; null is what there was before.
  static String[] namePatterns(@Nullable List<String> patterns, List<String> before) {
    return patterns(NAME_PATTERNS, patterns, before);
  }

  static String[] excludePatterns(@Nullable List<String> patterns, List<String> before) {
    return patterns(EXCLUDE_PATTERNS, patterns, before);
  }

  private static String[] patterns(
      String field, @Nullable List<String> patterns, List<String> before) {
    return (patterns == null ? before : NamePatterns.checked(field, patterns))
        .toArray(String[]::new);
  }

  /// A name that is a UUID is refused, because it could be taken for another target's id.
  static String name(String name) {
    Names.checked("name", name, LONGEST_NAME);
    if (id(name) != null) {
      throw EdjException.invalid("name", "must not be a UUID");
    }
    return name;
  }

  static @Nullable UUID id(String nameOrId) {
    try {
      return nameOrId.length() == 36 ? UUID.fromString(nameOrId) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void requireEngineWithPools(ServerName server) {
    if (!(server.engine() instanceof SqlServer)) {
      throw EdjException.invalid(
          SERVER, "'%s' has no elastic pools; only Azure SQL has".formatted(server.canonical()));
    }
  }

  /// Its server alone does not tell one group from another.
  private static void requireNameOfGroup(NewTarget target) {
    if (!isNone(target.namePatterns()) || !isNone(target.excludePatterns())) {
      require(target, "name", target.name());
    }
  }

  private static boolean isNone(@Nullable List<String> patterns) {
    return patterns == null || patterns.isEmpty();
  }

  private static void require(NewTarget target, String field, @Nullable Object value) {
    if (value == null) {
      throw EdjException.invalid(field, "a target of kind %s needs one".formatted(target.kind()));
    }
  }

  private static void refuse(TargetKind kind, String field, @Nullable Object value) {
    if (value != null) {
      throw EdjException.invalid(field, "a target of kind %s has none".formatted(kind));
    }
  }
}
