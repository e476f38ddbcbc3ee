package dev.edj.bench.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the script itself left in a database each time it ran there: the truth that EDJ's records
/// are compared with. With exactly once it is all there when the script's transaction was
/// committed, and not at all else.
///
/// @param child the execution as the session's application name has it
/// @param endedAt null when the session did not come to the script's end
/// @param overlapped whether another session of the same child was in the script at that moment
/// @param session the mark of the rows that it returned, if the script returns any
/// @param rows how many those were
record Witness(
    String server,
    String database,
    UUID run,
    UUID child,
    Instant startedAt,
    @Nullable Instant endedAt,
    boolean overlapped,
    String session,
    int rows) {

  /// Commits that the script has begun, and takes a lock of its own, which the server keeps exactly
  /// as long as the session lives: whoever finds it taken runs at the same time as another attempt.
  /// It looks twice, because a server that ends a session lets its locks go one after the other.
  private static final String BEGIN =
      """
      DO $witness$
      DECLARE
        child text := current_setting('application_name');
        began timestamptz := clock_timestamp();
        alone boolean := pg_try_advisory_lock(4711, hashtext(child));
      BEGIN
        IF NOT alone THEN
          PERFORM pg_sleep(0.05);
          alone := pg_try_advisory_lock(4711, hashtext(child));
        END IF;
        INSERT INTO witness (run, child, started_at, overlapped) VALUES ('$(job_execution_id)', child, began, NOT alone);
      END
      $witness$;
      GO
      """;

  /// Finds its row only in the session that wrote it.
  private static final String END =
      """
      UPDATE witness SET ended_at = clock_timestamp()
      WHERE witness_id = currval('witness_witness_id_seq') AND run = '$(job_execution_id)';
      """;

  /// Three batches, so that a session can die between them.
  static final String SCRIPT =
      BEGIN
          + """
          SELECT pg_sleep(0.2 + random());
          GO
          """
          + END;

  /// The same with two result sets, of which the first one, and nothing of the second, is to be
  /// collected. Every row tells its number, how many there are, and whose they are.
  static final String COLLECTING_SCRIPT =
      BEGIN
          + """
          DO $sleep$ BEGIN PERFORM pg_sleep(0.2 + random()); END $sleep$;
          GO
          SELECT number, row_count AS total, session, repeat('.', number % 40) AS filling
          FROM witness, generate_series(1, row_count) number
          WHERE witness_id = currval('witness_witness_id_seq') AND run = '$(job_execution_id)';
          GO
          SELECT -number AS number, row_count AS total, session, 'second' AS filling
          FROM witness, generate_series(1, 3) number
          WHERE witness_id = currval('witness_witness_id_seq') AND run = '$(job_execution_id)';
          GO
          """
          + END;

  /// Few sessions have many rows, and some have none.
  private static final String CREATE_TABLE =
      """
      CREATE TABLE witness (
        witness_id bigserial PRIMARY KEY,
        run        uuid NOT NULL,
        child      text NOT NULL,
        started_at timestamptz NOT NULL,
        ended_at   timestamptz,
        overlapped boolean NOT NULL,
        session    text NOT NULL DEFAULT pg_backend_pid() || ' at ' || clock_timestamp(),
        row_count  int NOT NULL DEFAULT
          CASE WHEN random() < 0.01 THEN 20000 WHEN random() < 0.1 THEN 0 ELSE ceil(random() * 300) END
      )
      """;

  private static final String SELECT =
      """
      SELECT run, child, started_at, ended_at, overlapped, session, row_count
      FROM witness
      ORDER BY witness_id
      """;

  /// Creates the databases, and the login that the script runs with.
  static void prepare(Server server, List<String> databases, String login, String password)
      throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE %s LOGIN SUPERUSER PASSWORD '%s'".formatted(login, password));
      for (String database : databases) {
        statement.execute("CREATE DATABASE " + database);
      }
    }
    for (String database : databases) {
      try (Connection connection = server.connect(database);
          Statement statement = connection.createStatement()) {
        statement.execute(CREATE_TABLE);
      }
    }
  }

  /// @param name the server as jobs name it
  static List<Witness> read(Server server, String name, List<String> databases)
      throws SQLException {
    List<Witness> witnesses = new ArrayList<>();
    for (String database : databases) {
      try (Connection connection = server.connect(database);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(SELECT)) {
        while (row.next()) {
          witnesses.add(
              new Witness(
                  name,
                  database,
                  row.getObject(1, UUID.class),
                  UUID.fromString(row.getString(2).substring("edj:".length())),
                  row.getTimestamp(3).toInstant(),
                  instant(row, 4),
                  row.getBoolean(5),
                  row.getString(6),
                  row.getInt(7)));
        }
      }
    }
    return witnesses;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
