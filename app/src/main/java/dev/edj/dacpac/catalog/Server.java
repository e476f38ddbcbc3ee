package dev.edj.dacpac.catalog;

import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.Locale;

/// What has to be known of the server and the database before anything is read.
///
/// @param edition the property `EngineEdition`
/// @param version the property `ProductVersion`: `16.0.1000.6`
/// @param collation the database's
/// @param caseSensitive as of [dev.edj.dacpac.model.Database]
/// @param refactorLog whether there is the table in which renames are remembered
record Server(
    int edition,
    String version,
    String collation,
    boolean caseSensitive,
    boolean refactorLog,
    Sight sight) {

  private static final int AZURE_SQL_DATABASE = 5;
  private static final int SYNAPSE = 6;
  private static final int SYNAPSE_SERVERLESS = 11;
  private static final int SQL_SERVER_2012 = 11;

  /// What the login is shown. Without it, the catalog leaves objects out without saying so, and a
  /// plan would create them again.
  ///
  /// @param definitions whether it may see them; also true where the server knows no such
  ///   permission
  /// @param dependencies whether it may read `sys.sql_expression_dependencies`
  /// @param denials how many objects or schemas are kept from it nevertheless
  record Sight(boolean definitions, boolean dependencies, int denials) {}

  private static final String SERVER =
      """
      SELECT
        CAST(SERVERPROPERTY('EngineEdition') AS INT) AS edition,
        CAST(SERVERPROPERTY('ProductVersion') AS NVARCHAR(128)) AS version,
        d.collation_name,
        d.containment,
        {collation} AS catalog_collation,
        CASE WHEN OBJECT_ID(N'dbo.__RefactorLog', N'U') IS NULL THEN 0 ELSE 1 END AS refactor_log,
        COALESCE(HAS_PERMS_BY_NAME(NULL, 'DATABASE', 'VIEW DEFINITION'), 1) AS definitions,
        COALESCE(
          HAS_PERMS_BY_NAME('sys.sql_expression_dependencies', 'OBJECT', 'SELECT'), 1)
          AS dependencies,
        (SELECT COUNT(*)
         FROM sys.database_permissions p
         JOIN sys.database_principals g ON g.principal_id = p.grantee_principal_id
         WHERE p.state = 'D' AND p.permission_name IN (N'VIEW DEFINITION', N'CONTROL')
           AND USER_NAME() <> N'dbo' AND (g.name = USER_NAME() OR IS_MEMBER(g.name) = 1)) AS denials
      FROM sys.databases d
      WHERE d.name = DB_NAME()
      """;

  /// Its own row of `sys.databases` is shown to every user of a database.
  static Server ask(Query query, SystemViews views) throws SQLException {
    String collation =
        views.has("databases.catalog_collation_type") ? "catalog_collation_type" : "0";
    return query.rows(SERVER.replace("{collation}", collation), Server::read).getFirst();
  }

  private static Server read(Row row) throws SQLException {
    String collation = row.text("collation_name");
    return new Server(
        row.number("edition"),
        row.text("version"),
        collation,
        row.number("containment") == 0
            && row.number("catalog_collation") == 0
            && isCaseSensitive(collation),
        row.flag("refactor_log"),
        new Sight(row.flag("definitions"), row.flag("dependencies"), row.number("denials")));
  }

  /// Names of objects are compared as the database's values are, except in a contained database and
  /// where Azure SQL was told otherwise: there they are never case-sensitive.
  static boolean isCaseSensitive(String collation) {
    String folded = collation.toUpperCase(Locale.ROOT);
    return folded.contains("_CS_") || folded.contains("_BIN");
  }

  /// @throws SQLNonTransientException where the catalog would not be read as it is
  void requireReadable() throws SQLNonTransientException {
    if (edition == SYNAPSE || edition == SYNAPSE_SERVERLESS) {
      throw new SQLNonTransientException("this is Azure Synapse; packages are for SQL Server");
    }
    if (majorVersion() < SQL_SERVER_2012) {
      throw new SQLNonTransientException(
          "the server has version %s; its catalog is read from SQL Server 2012 on"
              .formatted(version));
    }
    if (!sight.definitions()) {
      throw new SQLNonTransientException(
          "the login lacks VIEW DEFINITION on the database, so it is not shown all objects; "
              + "GRANT VIEW DEFINITION TO its user");
    }
    if (!sight.dependencies()) {
      throw new SQLNonTransientException(
          "the login may not see what refers to what; "
              + "GRANT SELECT ON sys.sql_expression_dependencies TO its user");
    }
    if (sight.denials() > 0) {
      throw new SQLNonTransientException(
          "VIEW DEFINITION or CONTROL is denied to the login's user, or to a role of it, "
              + "on a part of the database, so it is not shown all objects; revoke the denial");
    }
  }

  private int majorVersion() {
    return Integer.parseInt(version.split("\\.", 2)[0]);
  }

  boolean isAzure() {
    return edition == AZURE_SQL_DATABASE;
  }
}
