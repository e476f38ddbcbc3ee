package dev.edj.shardmap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One row of the catalog: a map and, unless the map is empty, one of its shards.
///
/// @param mapName as it is stored
/// @param readable whether there is a shard, and its tools have finished adding it. A shard that is
///   being removed or changed still is
record ShardRow(
    String mapName,
    ShardMapKind kind,
    boolean readable,
    StoredLocation stored,
    String database,
    int status) {

  private static final Pattern BLANKS_AT_END = Pattern.compile(" +\\z");

  static ShardRow read(ResultSet row) throws SQLException {
    return new ShardRow(
        text(row.getString("Name")).intern(),
        ShardMapKind.of(row.getInt("ShardMapType")),
        row.getObject("ShardMapId") != null && row.getBoolean("Readable"),
        new StoredLocation(
            text(row.getString("ServerName")), row.getInt("Protocol"), row.getInt("Port")),
        text(row.getString("DatabaseName")),
        row.getInt("Status"));
  }

  Shard shard(Catalog catalog) {
    try {
      ServerAddress address = ServerAddress.parse(catalog, stored.serverName(), stored.port());
      return new Shard(address.name(), nameOn(address.engine()), status, stored, problem());
    } catch (IllegalArgumentException e) {
      return new Shard(stored.serverName(), nameOn(catalog), status, stored, e.getMessage());
    }
  }

  /// SQL Server does not tell a name from the same with blanks behind it, so there it has none. A
  /// name that was cut stays too long, because more than blanks may have stood behind it.
  private String nameOn(Catalog engine) {
    return engine == Catalog.SQL_SERVER && database.length() < CatalogSql.CUT_NAME
        ? BLANKS_AT_END.matcher(database).replaceFirst("")
        : database;
  }

  /// TCP is not taken instead of what the map asks for: something else may listen there.
  private @Nullable String problem() {
    return switch (stored.protocol()) {
      case 0, 1 -> database.isBlank() ? "the shard has no database name" : null;
      case 2 -> "the map says to connect through named pipes, which EDJ cannot";
      case 3 -> "the map says to connect through shared memory, which EDJ cannot";
      default -> "the map says to connect by protocol " + stored.protocol() + ", which is unknown";
    };
  }

  private static String text(@Nullable String column) {
    return Objects.requireNonNullElse(column, "");
  }
}
