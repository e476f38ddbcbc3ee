package dev.edj.controldb;

import dev.edj.problem.EdjException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/// A login that works with the tables and does not own them: it reads and writes rows, can neither
/// change nor remove what is in the audit log, nor say when it happened, and changes no table.
///
/// @param name of a role of the server
record ServiceRole(String name) {

  /// The tables' schema and who owns them. Sessions find names in `pg_catalog` only, so that nobody
  /// puts a function of theirs in the way of one.
  private static final String PLACE =
      """
      SELECT current_setting('edj.schema') AS schema, c.oid AS event, c.relnamespace, c.relowner, n.nspowner, d.datdba
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_database d ON d.datname = current_database()
      WHERE c.oid = to_regclass(current_setting('edj.schema') || '.audit_event')
      """;

  /// One row for a role that there is: why nothing can be kept from it, or an empty text.
  private static final String OMNIPOTENCE =
      "WITH place AS ("
          + PLACE
          + """
          )
          SELECT CASE
            WHEN r.rolsuper THEN 'is a superuser'
            WHEN pg_has_role(r.oid, place.relowner, 'MEMBER') THEN 'owns the tables'
            WHEN pg_has_role(r.oid, place.nspowner, 'MEMBER') THEN 'owns the schema of the tables'
            WHEN pg_has_role(r.oid, place.datdba, 'MEMBER') THEN 'owns the database'
            WHEN r.rolcreaterole THEN 'may make roles, and grant itself others'
            ELSE ''
          END
          FROM pg_roles r, place WHERE r.rolname = ?
          """;

  /// What takes what is too much and gives what is needed. Tables of somebody else that are in the
  /// same schema are not touched.
  private static final String STATEMENTS =
      "WITH place AS ("
          + PLACE
          + """
          ), role AS (
            SELECT quote_ident(CAST(? AS text)) AS name
          ), tables AS (
            SELECT string_agg(c.oid::regclass::text, ', ') AS read,
                   string_agg(c.oid::regclass::text, ', ') FILTER (WHERE c.relkind IN ('r', 'p') AND NOT audited.kept) AS written,
                   string_agg(c.oid::regclass::text, ', ') FILTER (WHERE audited.kept) AS kept
            FROM pg_class c, place,
              LATERAL (SELECT c.relname IN ('audit_event', 'audit_link', 'flyway_schema_history')) AS audited (kept)
            WHERE c.relnamespace = place.relnamespace AND c.relowner = place.relowner AND c.relkind IN ('r', 'p', 'v')
          ), columns AS (
            SELECT string_agg(quote_ident(CAST(a.attname AS text)), ', ') AS recorded
            FROM pg_attribute a, place
            WHERE a.attrelid = place.event AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attname NOT IN ('event_id', 'occurred_at')
          )
          SELECT unnest(ARRAY[
            format('REVOKE ALL ON %s FROM %s', tables.kept, role.name),
            format('REVOKE CREATE ON SCHEMA %s FROM %s', place.schema, role.name),
            format('GRANT USAGE ON SCHEMA %s TO %s', place.schema, role.name),
            format('GRANT SELECT ON %s TO %s', tables.read, role.name),
            format('GRANT INSERT, UPDATE, DELETE ON %s TO %s', tables.written, role.name),
            format('GRANT INSERT (%s) ON %s TO %s', columns.recorded, place.event::regclass, role.name),
            format('GRANT INSERT ON %s.audit_link TO %s', place.schema, role.name)])
          FROM place, role, tables, columns
          """;

  /// What the role may do after all, by way of another role or because everybody may.
  private static final String TOO_MUCH =
      "WITH place AS ("
          + PLACE
          + """
          ), role AS (
            SELECT CAST(? AS name) AS name
          )
          SELECT 'change ' || c.relname
          FROM pg_class c, place, role
          WHERE c.relnamespace = place.relnamespace AND c.relname IN ('audit_event', 'audit_link')
            AND (has_table_privilege(role.name, c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
              OR has_any_column_privilege(role.name, c.oid, 'UPDATE'))
          UNION ALL
          SELECT 'create objects in schema ' || place.schema
          FROM place, role
          WHERE has_schema_privilege(role.name, place.relnamespace, 'CREATE')
          """;

  /// Nobody else may add to the chain.
  private static final String KNOWN =
      """
      SELECT DISTINCT r.rolname
      FROM pg_class c, aclexplode(c.relacl) a, pg_roles r
      WHERE c.oid = to_regclass(current_setting('edj.schema') || '.audit_link') AND a.privilege_type = 'INSERT'
        AND r.oid = a.grantee AND a.grantee <> c.relowner
      ORDER BY r.rolname
      """;

  /// The service roles that there are.
  static List<String> known(Connection connection) throws SQLException {
    return texts(connection, KNOWN);
  }

  /// Makes the role unless it is there, with a new password.
  ///
  /// @return the password
  String make(Connection connection) throws SQLException {
    String password = PasswordFile.newPassword();
    if (texts(connection, "SELECT rolname FROM pg_roles WHERE rolname = ?", name).isEmpty()) {
      execute(connection, "CREATE ROLE " + quoted(connection) + " LOGIN");
    }
    // The driver sends what the server keeps of it, so that it is in no log.
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(name, password.toCharArray(), "scram-sha-256");
    return password;
  }

  /// Lets the role do what the service needs, and nothing else, in one transaction.
  void grant(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, "SELECT pg_advisory_xact_lock(hashtext('edj service role'))");
    demandThatSomethingCanBeKeptFromIt(connection);
    for (String statement : texts(connection, STATEMENTS, name)) {
      execute(connection, statement);
    }
    List<String> tooMuch = texts(connection, TOO_MUCH, name);
    if (!tooMuch.isEmpty()) {
      throw refused(
          "role '%s' may still %s, by way of another role or because everybody may (PUBLIC); take that away first"
              .formatted(name, String.join(" and ", tooMuch)));
    }
    connection.commit();
  }

  private void demandThatSomethingCanBeKeptFromIt(Connection connection) throws SQLException {
    List<String> found = texts(connection, OMNIPOTENCE, name);
    if (found.isEmpty()) {
      throw refused(
          "there is no role '%s' on the control database's server; make it first: CREATE ROLE %s LOGIN PASSWORD '…'"
              .formatted(name, quoted(connection)));
    }
    if (!found.getFirst().isEmpty()) {
      throw refused(
          "role '%s' %s, so that nothing could be kept from it; name another one"
              .formatted(name, found.getFirst()));
    }
  }

  private String quoted(Connection connection) throws SQLException {
    return texts(connection, "SELECT quote_ident(?)", name).getFirst();
  }

  private static EdjException refused(String message) {
    return EdjException.invalid("service-role", message);
  }

  private static List<String> texts(Connection connection, String query, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
        return texts;
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
