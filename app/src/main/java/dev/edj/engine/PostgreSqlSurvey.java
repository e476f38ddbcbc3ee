package dev.edj.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a session finds out on PostgreSQL.
final class PostgreSqlSurvey {

  /// Functions and operators are named with their schema, because a `search_path` may put others
  /// before them, and what is found runs with this login's rights.
  private static final String QUESTION =
      """
      SELECT pg_catalog.current_setting('server_version') AS version, d.datname AS database,
        session_user AS login, current_user AS role, r.rolsuper AS superuser,
        pg_catalog.pg_has_role(d.datdba, 'MEMBER') AS owner,
        pg_catalog.has_database_privilege(d.oid, 'CREATE') AS may_create_schema,
        pg_catalog.has_database_privilege(d.oid, 'TEMPORARY') AS may_create_temporary,
        n.nspname AS schema, pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS may_create_table,
        (SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c
         WHERE c.relnamespace OPERATOR(pg_catalog.=) n.oid
           AND (c.relkind OPERATOR(pg_catalog.=) 'r' OR c.relkind OPERATOR(pg_catalog.=) 'p')) AS tables,
        (SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c
         WHERE c.relnamespace OPERATOR(pg_catalog.=) n.oid
           AND (c.relkind OPERATOR(pg_catalog.=) 'r' OR c.relkind OPERATOR(pg_catalog.=) 'p')
           AND pg_catalog.pg_has_role(c.relowner, 'USAGE')) AS owned_tables,
        pg_catalog.pg_is_in_recovery() AS standby,
        pg_catalog.current_setting('transaction_read_only') AS read_only
      FROM pg_catalog.pg_database d
      JOIN pg_catalog.pg_roles r ON r.rolname OPERATOR(pg_catalog.=) current_user
      LEFT JOIN pg_catalog.pg_namespace n
        ON n.nspname OPERATOR(pg_catalog.=) pg_catalog.current_schema()
      WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
      """;

  private PostgreSqlSurvey() {}

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
        "PostgreSQL %s, database '%s', as '%s'%s"
            .formatted(
                row.getString("version"),
                row.getString("database"),
                row.getString("login"),
                role(row)));
    findings.add(
        "superuser: %s; owner of the database: %s"
            .formatted(answer(row, "superuser"), answer(row, "owner")));
    findings.add(
        "may create schemas: %s; temporary tables: %s"
            .formatted(answer(row, "may_create_schema"), answer(row, "may_create_temporary")));
    String schema = row.getString("schema");
    findings.add(
        schema == null
            ? "no schema of the search path is there"
            : "may create tables in schema '%s': %s; may alter %d of its %d tables"
                .formatted(
                    schema,
                    answer(row, "may_create_table"),
                    row.getLong("owned_tables"),
                    row.getLong("tables")));
    return findings;
  }

  private static String role(ResultSet row) throws SQLException {
    String role = row.getString("role");
    return role.equals(row.getString("login")) ? "" : " in the role '" + role + "'";
  }

  private static Optional<String> obstacle(ResultSet row) throws SQLException {
    if (row.getBoolean("standby")) {
      return Optional.of("Nothing can be written here: the server is a standby.");
    }
    return row.getString("read_only").equals("on")
        ? Optional.of(
            "Nothing can be written here: transactions are read-only (default_transaction_read_only).")
        : Optional.empty();
  }

  private static String answer(ResultSet row, String column) throws SQLException {
    return Survey.answer(row.getBoolean(column));
  }
}
