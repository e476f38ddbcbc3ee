package dev.edj.controldb;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/// The tables of the control database, in versions. Whoever owns them brings them up to date; any
/// other login can only find out whether they are.
public final class Schema {

  private static final String SERVICE_ROLE = "edj_service";

  /// SQLSTATE of PostgreSQL.
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private static final String BEGIN_SESSION =
      """
      SELECT pg_catalog.set_config('edj.schema', pg_catalog.quote_ident(
        coalesce(CAST(pg_catalog.current_schema() AS pg_catalog.text), 'public')), false);
      SET search_path = pg_catalog
      """;

  /// Whether the tables are there and somebody else's. Who owns the table of versions owns all.
  private static final String IS_OTHERS =
      """
      SELECT NOT pg_has_role(c.relowner, 'MEMBER') FROM pg_class c
      WHERE c.oid = to_regclass(current_setting('edj.schema') || '.flyway_schema_history')
      """;

  private static final String MAY_NOT_MAKE =
      """
      SELECT to_regclass(current_setting('edj.schema') || '.flyway_schema_history') IS NULL
        AND NOT has_schema_privilege(to_regnamespace(current_setting('edj.schema')), 'CREATE')
      """;

  private static final String MAY_NOT_WORK =
      """
      SELECT NOT has_table_privilege(to_regclass(current_setting('edj.schema') || '.audit_link'), 'INSERT')
      """;

  /// Makes the role that may read the views of the schema `jobs`, where the owner may make roles or
  /// somebody else has made it. A role belongs to the server, where other control databases may be.
  private static final String OPEN_REPORTING_VIEWS =
      """
      DO $$
      BEGIN
        IF (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user)
            AND to_regrole('jobs_reader') IS NULL THEN
          BEGIN
            CREATE ROLE jobs_reader NOLOGIN;
          EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
          END;
        END IF;
        IF to_regrole('jobs_reader') IS NOT NULL THEN
          GRANT USAGE ON SCHEMA jobs TO jobs_reader;
          GRANT SELECT ON ALL TABLES IN SCHEMA jobs TO jobs_reader;
        END IF;
      END
      $$
      """;

  private final ControlDatabaseAddress address;

  /// @param address with the login that is used
  public Schema(ControlDatabaseAddress address) {
    this.address = address;
  }

  /// What a process does before it works: brings the tables up to date where they are its login's,
  /// and refuses to go on where they are not and are too old.
  void prepare() {
    if (holds(IS_OTHERS)) {
      demandCurrent();
    } else if (bringUpToDate() > 0) {
      grantKnownRoles();
    }
  }

  /// Brings the tables up to date, and what service roles may do with them.
  ///
  /// @throws EdjException where the login does not own them
  public Migrated migrate() {
    if (holds(IS_OTHERS)) {
      throw new EdjException(
          ErrorCode.SETUP,
          "control-database",
          "the tables of the control database at %s are not those of '%s': log in as their owner"
              .formatted(address.display(), address.user()));
    }
    int made = bringUpToDate();
    // Also when there was nothing to make: whoever made the last version may not have come so far.
    grantKnownRoles();
    return new Migrated(version(flyway().info()), made);
  }

  /// How the tables are, and what the login may do with them; nothing is changed.
  public Standing standing() {
    boolean others = holds(IS_OTHERS);
    if (holds(others ? MAY_NOT_WORK : MAY_NOT_MAKE)) {
      return new Standing(Login.STRANGER, "", List.of(), false);
    }
    try {
      MigrationInfoService versions = flyway().info();
      return new Standing(
          others ? Login.SERVICE_ROLE : Login.OWNER,
          version(versions),
          missing(versions).stream().map(one -> String.valueOf(one.getVersion())).toList(),
          Arrays.stream(versions.all()).anyMatch(one -> !one.getState().isResolved()));
    } catch (FlywayException e) {
      throw cannotBeOpened(e);
    }
  }

  /// Returns how many versions were made.
  private int bringUpToDate() {
    try {
      return flyway().migrate().migrationsExecuted;
    } catch (FlywayException e) {
      throw mayNotMake(e) ? ownerWanted(e) : cannotBeOpened(e);
    }
  }

  private void grantKnownRoles() {
    serviceRoles().forEach(this::grant);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(OPEN_REPORTING_VIEWS);
    } catch (SQLException e) {
      throw cannotBeOpened(e);
    }
  }

  /// Has a role of the server be a service role, which it may be already.
  ///
  /// @throws EdjException where there is no such role, or it could not be kept from anything
  public void grant(String role) {
    try (Connection connection = connect()) {
      new ServiceRole(role).grant(connection);
    } catch (SQLException e) {
      throw cannotBeOpened(e);
    }
  }

  /// Makes a service role, or has it have a new password, which nobody else knows.
  ControlDatabaseAddress makeServiceRole() {
    try (Connection connection = connect()) {
      ServiceRole role = new ServiceRole(SERVICE_ROLE);
      String password = role.make(connection);
      role.grant(connection);
      return address.withLogin(SERVICE_ROLE, password);
    } catch (SQLException e) {
      throw cannotBeOpened(e);
    }
  }

  private void demandCurrent() {
    if (holds(MAY_NOT_WORK)) {
      throw new EdjException(
          ErrorCode.SETUP,
          "control-database",
          ("'%s' may not work with the tables of the control database at %s, which are another's:"
                  + " run 'edj migrate --service-role %s' as their owner")
              .formatted(address.user(), address.display(), address.user()));
    }
    try {
      MigrationInfoService versions = flyway().info();
      List<MigrationInfo> missing = missing(versions);
      if (!missing.isEmpty()) {
        throw new EdjException(
            ErrorCode.SETUP,
            "control-database",
            ("the control database at %s is at version %s, and this edj needs %s; '%s' may not"
                    + " change its tables: run 'edj migrate' as their owner")
                .formatted(
                    address.display(),
                    version(versions),
                    missing.getLast().getVersion(),
                    address.user()));
      }
    } catch (FlywayException e) {
      throw cannotBeOpened(e);
    }
  }

  /// Those that this program has and the tables have not.
  private static List<MigrationInfo> missing(MigrationInfoService versions) {
    return Arrays.stream(versions.all())
        .filter(one -> one.getState().isResolved() && !one.getState().isApplied())
        .toList();
  }

  private boolean holds(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      return found.next() && found.getBoolean(1);
    } catch (SQLException e) {
      throw cannotBeOpened(e);
    }
  }

  private static String version(MigrationInfoService versions) {
    MigrationInfo current = versions.current();
    return current == null ? "0" : String.valueOf(current.getVersion());
  }

  /// The roles that are service roles now.
  public List<String> serviceRoles() {
    try (Connection connection = connect()) {
      return ServiceRole.known(connection);
    } catch (SQLException e) {
      throw cannotBeOpened(e);
    }
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(address.url(), address.user(), address.password())
        // One of its connections does nothing but hold a lock, for as long as it takes.
        .initSql(ControlDatabase.NOTICE_LOSS)
        .locations("classpath:db/migration")
        .connectRetries(0)
        .load();
  }

  /// A session that finds names in `pg_catalog` only, and knows where the tables are as
  /// `edj.schema`: somebody may have put a function beside them for their owner to run.
  private Connection connect() throws SQLException {
    Connection connection =
        DriverManager.getConnection(address.url(), address.properties("edj schema"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(BEGIN_SESSION);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean mayNotMake(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused
          && INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private EdjException ownerWanted(Exception e) {
    return new EdjException(
        ErrorCode.SETUP,
        "control-database",
        ("'%s' may not make the tables in the control database at %s (%s): log in as the database's"
                + " owner, or have the owner run 'edj migrate --service-role %s' first")
            .formatted(address.user(), address.display(), rootMessage(e), address.user()),
        e);
  }

  private EdjException cannotBeOpened(Exception e) {
    return new EdjException(
        ErrorCode.CONTROL_DATABASE_UNAVAILABLE,
        "control-database",
        "the control database at %s cannot be opened: %s"
            .formatted(address.display(), rootMessage(e)),
        e);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /// What became of the tables.
  ///
  /// @param version which they are at now
  /// @param made how many versions were made of them
  public record Migrated(String version, int made) {}

  /// What a login is to the tables.
  public enum Login {
    /// It has made them, or may make them.
    OWNER,
    /// It may work with those of another.
    SERVICE_ROLE,
    /// It may neither work with them nor make them.
    STRANGER
  }

  /// How the tables are.
  ///
  /// @param version that they are at; `0` where there are none, empty where it is not known
  /// @param missing the versions that this program needs and the tables have not
  /// @param newer whether a newer program than this one has made versions
  public record Standing(Login login, String version, List<String> missing, boolean newer) {}
}
