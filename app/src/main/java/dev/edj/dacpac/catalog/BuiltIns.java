package dev.edj.dacpac.catalog;

import java.util.Set;

/// Schemas, users and roles that every database has. They are told by name: a user's own role may
/// be called `db_executor`.
final class BuiltIns {

  private static final Set<String> NAMES =
      Set.of(
          "dbo",
          "guest",
          "sys",
          "INFORMATION_SCHEMA",
          "public",
          "db_owner",
          "db_accessadmin",
          "db_securityadmin",
          "db_ddladmin",
          "db_backupoperator",
          "db_datareader",
          "db_datawriter",
          "db_denydatareader",
          "db_denydatawriter");

  private BuiltIns() {}

  /// Users such as `##MS_PolicyEventProcessingLogin##` are the server's too.
  static boolean contain(String name) {
    return NAMES.contains(name) || name.startsWith("##MS_");
  }
}
