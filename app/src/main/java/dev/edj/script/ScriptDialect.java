package dev.edj.script;

/// Whose rules a script follows: what separates batches, and what strings and comments look like.
public enum ScriptDialect {
  /// SQL Server and Azure SQL, as in SQL Server Management Studio with SQLCMD mode on.
  SQL_SERVER,
  /// PostgreSQL: one batch, unless `GO` or `\;` lines split it.
  POSTGRESQL,
  /// MySQL and MariaDB: one batch for each statement, as their client sends them.
  MYSQL;

  Syntax syntax(Definitions definitions) {
    return switch (this) {
      case SQL_SERVER -> new SqlServerSyntax(definitions);
      case POSTGRESQL -> new PostgresSyntax();
      case MYSQL -> new MySqlSyntax();
    };
  }
}
