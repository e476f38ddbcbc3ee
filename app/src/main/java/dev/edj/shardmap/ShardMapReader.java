package dev.edj.shardmap;

import static java.util.Comparator.comparing;

import dev.edj.shardmap.ShardMapException.Code;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Reads the shard maps of one kind of catalog. Keeps nothing: which databases are shards is asked
/// anew each time.
///
/// Connections are the caller's, each on the manager's database and in auto-commit mode. Nothing is
/// written. An `SQLException` is whatever none of the codes stands for, such as a connection that
/// broke.
public final class ShardMapReader {

  private static final int MOST_NAMES_SHOWN = 10;
  private static final int LONGEST_NAME_SHOWN = 128;

  private final Catalog catalog;
  private final Duration limit;
  private final int mostRows;

  /// @param limit for all queries of one call; a server that does not answer any more costs some
  ///   seconds above it: two here, and what the driver takes to cancel
  /// @param mostRows more shards than this in a map, or maps in a store, are refused
  public ShardMapReader(Catalog catalog, Duration limit, int mostRows) {
    this.catalog = catalog;
    this.limit = limit;
    this.mostRows = mostRows;
  }

  /// The shards of a map. The server compares the name: case and blanks at its end do not matter,
  /// accents do.
  public ShardMap read(Connection connection, String name) throws ShardMapException, SQLException {
    Reading reading = new Reading(catalog, connection, limit, mostRows);
    StoreVersion version = version(reading);
    List<ShardRow> rows = reading.all(catalog.sql().shards(), ShardRow::read, name);
    if (rows.isEmpty()) {
      throw noSuchMap(name, maps(reading));
    }
    refuseSeveralMaps(name, rows);
    DistinctShards shards =
        DistinctShards.of(
            rows.stream().filter(ShardRow::readable).map(row -> row.shard(catalog)).toList());
    ShardRow map = rows.getFirst();
    return new ShardMap(version, map.mapName(), map.kind(), shards.kept(), shards.merged());
  }

  /// All maps of the store, by name.
  public List<ShardMapEntry> list(Connection connection) throws ShardMapException, SQLException {
    Reading reading = new Reading(catalog, connection, limit, mostRows);
    version(reading);
    return maps(reading);
  }

  private StoreVersion version(Reading reading) throws ShardMapException, SQLException {
    List<StoreVersion> versions =
        reading.first(2, catalog.sql().version(), ShardMapReader::version);
    if (versions.size() != 1) {
      throw new ShardMapException(
          Code.UNKNOWN_VERSION,
          "The shard map manager's table ShardMapManagerGlobal has %s; it must have one row."
              .formatted(versions.isEmpty() ? "no row" : "several"));
    }
    StoreVersion version = versions.getFirst();
    if (!version.isKnown()) {
      throw new ShardMapException(
          Code.UNKNOWN_VERSION,
          "The shard map manager's tables are of version %s; EDJ reads version 1."
              .formatted(version));
    }
    return version;
  }

  /// The first version of the store had one column for it. A table without any says 0.0, which is
  /// what the tools call a store that is not there.
  private static StoreVersion version(ResultSet row) throws SQLException {
    if (hasColumn(row, "StoreVersionMajor")) {
      return new StoreVersion(row.getInt("StoreVersionMajor"), row.getInt("StoreVersionMinor"));
    }
    return new StoreVersion(hasColumn(row, "StoreVersion") ? row.getInt("StoreVersion") : 0, 0);
  }

  private static boolean hasColumn(ResultSet row, String name) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      if (columns.getColumnLabel(column).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private List<ShardMapEntry> maps(Reading reading) throws ShardMapException, SQLException {
    return reading
        .all(
            catalog.sql().maps(),
            row ->
                new ShardMapEntry(
                    row.getString("Name"), ShardMapKind.of(row.getInt("ShardMapType"))))
        .stream()
        .sorted(comparing(ShardMapEntry::name))
        .toList();
  }

  private static ShardMapException noSuchMap(String name, List<ShardMapEntry> maps) {
    return new ShardMapException(
        Code.NO_SUCH_MAP,
        maps.isEmpty()
            ? "There is no shard map %s, nor any other.".formatted(quoted(name))
            : "There is no shard map %s; there is %s.".formatted(quoted(name), names(maps)));
  }

  private static String names(List<ShardMapEntry> maps) {
    String shown =
        maps.stream()
            .limit(MOST_NAMES_SHOWN)
            .map(map -> quoted(map.name()))
            .collect(Collectors.joining(", "));
    return maps.size() <= MOST_NAMES_SHOWN
        ? shown
        : "%s and %,d more".formatted(shown, maps.size() - MOST_NAMES_SHOWN);
  }

  /// SQL Server's column does not allow it, the other engines' may.
  private static void refuseSeveralMaps(String name, List<ShardRow> rows) throws ShardMapException {
    List<String> maps = rows.stream().map(ShardRow::mapName).distinct().sorted().toList();
    if (maps.size() > 1) {
      throw new ShardMapException(
          Code.AMBIGUOUS_NAME,
          "The shard maps %s cannot be told apart by the name %s; rename one."
              .formatted(
                  maps.stream()
                      .limit(MOST_NAMES_SHOWN)
                      .map(ShardMapReader::quoted)
                      .collect(Collectors.joining(", ")),
                  quoted(name)));
    }
  }

  private static String quoted(String name) {
    return "'"
        + (name.length() <= LONGEST_NAME_SHOWN ? name : name.substring(0, LONGEST_NAME_SHOWN) + "…")
        + "'";
  }
}
