package dev.edj.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a session finds out on SQL Server. Each answer may be missing: a server knows none to what
/// it has never heard of.
final class SqlServerSurvey {

  private static final String QUESTION =
      """
      SELECT CAST(SERVERPROPERTY('ProductVersion') AS NVARCHAR(128)) AS version, DB_NAME() AS db,
        SUSER_SNAME() AS login, USER_NAME() AS db_user, SCHEMA_NAME() AS db_schema,
        IS_SRVROLEMEMBER('sysadmin') AS administrator, IS_MEMBER('db_owner') AS owner,
        IS_MEMBER('db_ddladmin') AS ddl_administrator,
        HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), 'DATABASE', 'CREATE TABLE') AS may_create_table,
        HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), 'SCHEMA', 'ALTER') AS may_alter_schema,
        HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), 'DATABASE', 'ALTER') AS may_alter_database,
        CAST(DATABASEPROPERTYEX(DB_NAME(), 'Updateability') AS NVARCHAR(128)) AS updateability
      """;

  private SqlServerSurvey() {}

  static Survey of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUESTION)) {
      row.next();
      return new Survey(findings(row), obstacle(row));
    }
  }

  private static List<String> findings(ResultSet row) throws SQLException {
    List<String> findings = new ArrayList<>();
    findings.add(
        "SQL Server %s, database '%s', as '%s', user '%s'"
            .formatted(
                row.getString("version"),
                row.getString("db"),
                row.getString("login"),
                row.getString("db_user")));
    findings.add(
        "sysadmin: %s; db_owner: %s; db_ddladmin: %s"
            .formatted(
                answer(row, "administrator"),
                answer(row, "owner"),
                answer(row, "ddl_administrator")));
    findings.add(
        "may create tables: %s; alter the schema '%s': %s; alter the database: %s"
            .formatted(
                answer(row, "may_create_table"),
                row.getString("db_schema"),
                answer(row, "may_alter_schema"),
                answer(row, "may_alter_database")));
    return findings;
  }

  private static Optional<String> obstacle(ResultSet row) throws SQLException {
    return "READ_ONLY".equalsIgnoreCase(row.getString("updateability"))
        ? Optional.of(
            "Nothing can be written here: the database is read-only, or a secondary replica.")
        : Optional.empty();
  }

  private static String answer(ResultSet row, String column) throws SQLException {
    boolean yes = row.getInt(column) == 1;
    return Survey.answer(row.wasNull() ? null : yes);
  }
}
