package dev.edj.shardmap;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The kind of database that a catalog is in. Its shards are of the same kind unless their server's
/// name says otherwise.
public enum Catalog {
  SQL_SERVER("sqlserver", 1433),
  POSTGRESQL("postgresql", 5432),
  MYSQL("mysql", 3306),
  MARIADB("mariadb", 3306);

  private final String scheme;
  private final int defaultPort;

  Catalog(String scheme, int defaultPort) {
    this.scheme = scheme;
    this.defaultPort = defaultPort;
  }

  /// By what stands before `://` in a server's name, in any case.
  public static Optional<Catalog> find(String scheme) {
    return Arrays.stream(values())
        .filter(catalog -> catalog.scheme.equalsIgnoreCase(scheme))
        .findFirst();
  }

  /// Whether the driver holds all rows in memory unless they are asked for in a transaction.
  boolean fetchesInTransactions() {
    return this == POSTGRESQL;
  }

  String scheme() {
    return scheme;
  }

  int defaultPort() {
    return defaultPort;
  }

  CatalogSql sql() {
    return switch (this) {
      case SQL_SERVER -> CatalogSql.SQL_SERVER;
      case POSTGRESQL -> CatalogSql.POSTGRESQL;
      case MYSQL, MARIADB -> CatalogSql.MYSQL;
    };
  }

  /// Whether a table or a column that was asked for is not there.
  boolean saysMissing(SQLException failure) {
    return switch (this) {
      case SQL_SERVER -> List.of(207, 208).contains(failure.getErrorCode());
      case POSTGRESQL -> List.of("42P01", "42703").contains(state(failure));
      case MYSQL, MARIADB -> List.of(1146, 1054).contains(failure.getErrorCode());
    };
  }

  /// Whether the login may not read a table or a column. MySQL says so of a table that does not
  /// exist too, to a login that may not read the whole database.
  boolean saysDenied(SQLException failure) {
    return switch (this) {
      case SQL_SERVER -> List.of(229, 230).contains(failure.getErrorCode());
      case POSTGRESQL -> state(failure).equals("42501");
      case MYSQL, MARIADB -> List.of(1142, 1143).contains(failure.getErrorCode());
    };
  }

  private static String state(SQLException failure) {
    return String.valueOf(failure.getSQLState());
  }
}
