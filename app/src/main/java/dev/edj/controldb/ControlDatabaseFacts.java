package dev.edj.controldb;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.LongStream;

/// What a login sees of a control database's server. Nothing is changed there.
///
/// @param number of the version, such as 180006
/// @param encrypted whether the session is
/// @param local whether the server is on this machine
/// @param synchronousCommit as for the login's sessions
/// @param freeConnections how many more the server, the database and the login allow now
/// @param latency of the shortest statement, the median
/// @param clockAhead how far the server's clock is ahead of this machine's; may be negative
public record ControlDatabaseFacts(
    String version,
    int number,
    boolean encrypted,
    boolean local,
    boolean fsync,
    boolean fullPageWrites,
    String synchronousCommit,
    int freeConnections,
    Duration latency,
    Duration clockAhead) {

  private static final int LOOKS = 5;

  private static final String FACTS =
      """
      SELECT current_setting('server_version') AS version,
        CAST(current_setting('server_version_num') AS int) AS number,
        coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted,
        coalesce(inet_server_addr() = inet_client_addr(), true) AS local,
        CAST(current_setting('fsync') AS boolean) AS fsync,
        CAST(current_setting('full_page_writes') AS boolean) AS full_page_writes,
        current_setting('synchronous_commit') AS synchronous_commit,
        least(
          CAST(current_setting('max_connections') AS int)
            - CAST(current_setting('superuser_reserved_connections') AS int)
            - coalesce(CAST(current_setting('reserved_connections', true) AS int), 0)
            - (SELECT CAST(sum(numbackends) AS int) FROM pg_stat_database),
          (SELECT CASE WHEN d.datconnlimit >= 0 THEN d.datconnlimit - s.numbackends END
           FROM pg_database d JOIN pg_stat_database s ON s.datid = d.oid
           WHERE d.datname = current_database()),
          (SELECT CASE WHEN r.rolconnlimit >= 0 THEN r.rolconnlimit - (
             SELECT CAST(count(*) AS int) FROM pg_stat_activity a WHERE a.usesysid = r.oid) END
           FROM pg_roles r WHERE r.rolname = current_user)) AS free_connections
      """;

  /// Nobody puts a function in the way of an owner who looks at what is theirs.
  private static final String BEGIN_SESSION = "SET search_path = pg_catalog";

  private static final String NOW = "SELECT clock_timestamp()";

  /// Fails where the server cannot be reached, or does not let the login in.
  public static ControlDatabaseFacts read(ControlDatabaseAddress address) {
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.properties("edj doctor"));
        Statement statement = connection.createStatement()) {
      statement.execute(BEGIN_SESSION);
      Clock clock = Clock.read(statement);
      try (ResultSet row = statement.executeQuery(FACTS)) {
        row.next();
        return new ControlDatabaseFacts(
            row.getString("version"),
            row.getInt("number"),
            row.getBoolean("encrypted"),
            row.getBoolean("local"),
            row.getBoolean("fsync"),
            row.getBoolean("full_page_writes"),
            row.getString("synchronous_commit"),
            row.getInt("free_connections"),
            clock.latency,
            clock.ahead);
      }
    } catch (SQLException e) {
      throw new EdjException(
          ErrorCode.CONTROL_DATABASE_UNAVAILABLE,
          "control-database",
          "the control database at %s cannot be opened: %s"
              .formatted(address.display(), e.getMessage()),
          e);
    }
  }

  private record Clock(Duration latency, Duration ahead) {

    /// The server read its clock about halfway between question and answer.
    static Clock read(Statement statement) throws SQLException {
      long[] nanoseconds = new long[LOOKS];
      Duration ahead = Duration.ZERO;
      for (int i = 0; i < LOOKS; i++) {
        Instant asked = Instant.now();
        long begin = System.nanoTime();
        try (ResultSet row = statement.executeQuery(NOW)) {
          row.next();
          nanoseconds[i] = System.nanoTime() - begin;
          Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
          ahead = Duration.between(asked.plusNanos(nanoseconds[i] / 2), there);
        }
      }
      return new Clock(
          Duration.ofNanos(
              LongStream.of(nanoseconds).sorted().skip(LOOKS / 2).findFirst().orElse(0)),
          ahead);
    }
  }
}
