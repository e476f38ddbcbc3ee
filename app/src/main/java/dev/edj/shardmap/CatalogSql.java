package dev.edj.shardmap;

/// The catalog's statements in one engine's words.
///
/// All names are written as the tools write them, because each engine takes their case seriously
/// somewhere: SQL Server in databases with such a collation, PostgreSQL in quotes, MySQL where its
/// files have it.
///
/// Texts are cut where they are longer than anything that could be used: who fills the tables must
/// not be able to fill a node's memory. What is cut is refused as too long by whoever reads it.
///
/// @param version the one row of the store; its columns differ between versions
/// @param maps the name and the type of every map
/// @param shards the map of a name, or those that cannot be told apart by it, each with its shards
///   or with one row of nulls. Whoever calls it picks the readable ones, whose column is a bit, a
///   boolean or a number
record CatalogSql(String version, String maps, String shards) {

  /// A map's or a database's name of so many UTF-16 units may have been cut. No name of 128
  /// characters, the most that there are, is as long.
  static final int CUT_NAME = 257;

  /// The same of a server's name, with all that may stand around it.
  static final int CUT_SERVER_NAME = 300;

  /// The column's collation compares, which the tools have made case-insensitive and
  /// accent-sensitive; blanks at the end never count.
  static final CatalogSql SQL_SERVER =
      new CatalogSql(
          """
          SELECT *
          FROM __ShardManagement.ShardMapManagerGlobal
          """,
          """
          SELECT LEFT(m.Name, 257) AS Name, m.ShardMapType
          FROM __ShardManagement.ShardMapsGlobal m
          """,
          """
          SELECT LEFT(m.Name, 257) AS Name, m.ShardMapType, s.ShardMapId, s.Readable, s.Protocol,
                 LEFT(s.ServerName, 300) AS ServerName, s.Port,
                 LEFT(s.DatabaseName, 257) AS DatabaseName, s.Status
          FROM __ShardManagement.ShardMapsGlobal m
          LEFT JOIN __ShardManagement.ShardsGlobal s ON s.ShardMapId = m.ShardMapId
          WHERE m.Name = ?
          """);

  /// No collation that every PostgreSQL has ignores case, so both sides are lower-cased, by the
  /// server and by the rules of the column's collation.
  static final CatalogSql POSTGRESQL =
      new CatalogSql(
          """
          SELECT *
          FROM "__ShardManagement"."ShardMapManagerGlobal"
          """,
          """
          SELECT left(CAST(m."Name" AS text), 257) AS "Name", m."ShardMapType"
          FROM "__ShardManagement"."ShardMapsGlobal" m
          """,
          """
          SELECT left(CAST(m."Name" AS text), 257) AS "Name", m."ShardMapType",
                 s."ShardMapId", s."Readable", s."Protocol",
                 left(CAST(s."ServerName" AS text), 300) AS "ServerName", s."Port",
                 left(CAST(s."DatabaseName" AS text), 257) AS "DatabaseName", s."Status"
          FROM "__ShardManagement"."ShardMapsGlobal" m
          LEFT JOIN "__ShardManagement"."ShardsGlobal" s ON s."ShardMapId" = m."ShardMapId"
          WHERE lower(rtrim(m."Name")) = lower(rtrim(?))
          """);

  /// The collations that ignore case and not accents have other names in MySQL than in MariaDB.
  /// Both have `utf8mb4_bin`, which ignores nothing.
  static final CatalogSql MYSQL =
      new CatalogSql(
          """
          SELECT *
          FROM ShardMapManagerGlobal
          """,
          """
          SELECT LEFT(m.Name, 257) AS Name, m.ShardMapType
          FROM ShardMapsGlobal m
          """,
          """
          SELECT LEFT(m.Name, 257) AS Name, m.ShardMapType, s.ShardMapId, s.Readable, s.Protocol,
                 LEFT(s.ServerName, 300) AS ServerName, s.Port,
                 LEFT(s.DatabaseName, 257) AS DatabaseName, s.Status
          FROM ShardMapsGlobal m
          LEFT JOIN ShardsGlobal s ON s.ShardMapId = m.ShardMapId
          WHERE LOWER(RTRIM(CONVERT(m.Name USING utf8mb4))) COLLATE utf8mb4_bin
              = LOWER(RTRIM(CONVERT(? USING utf8mb4))) COLLATE utf8mb4_bin
          """);
}
