package dev.edj.controldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.audit.Chain;
import dev.edj.audit.NewAuditEvent;
import dev.edj.problem.EdjException;
import dev.edj.testing.PostgresServer;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a login that is not the owner of the tables can do with them, and what not.
class ServiceRoleTest {

  private static final String WORDS = "SET edj.audit_change = 'this breaks the audit log'";

  /// The first version with an audit log.
  private static final String OLDER = "26";

  private static final PostgresServer SERVER = PostgresServer.shared();

  /// With all tables: making them takes longer than a test, copying them does not.
  private static final String TEMPLATE = SERVER.createDatabase();

  private final String name = SERVER.createDatabase();
  private final String role = "service_" + name;
  private final ControlDatabaseAddress owner =
      address(name, PostgresServer.USER, PostgresServer.PASSWORD);
  private final ControlDatabaseAddress service = address(name, role, "s3cret");

  @BeforeAll
  static void makeTemplate() {
    new Schema(address(TEMPLATE, PostgresServer.USER, PostgresServer.PASSWORD)).migrate();
  }

  @Test
  void worksWithTheTablesAndRecordsWhatItDoes() {
    try (ControlDatabase database = openAsService()) {
      record(database);
      new Chain(database.jdbi()).extend();

      assertThat(count(database.jdbi(), "audit_event")).isEqualTo(1);
      assertThat(count(database.jdbi(), "audit_link")).isEqualTo(1);
      assertThat(count(database.jdbi(), "audit_pending")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_event SET actor_name = 'somebody else'",
        "UPDATE audit_link SET number = 2",
        "DELETE FROM audit_event",
        "DELETE FROM audit_link",
        "TRUNCATE audit_event CASCADE",
        "TRUNCATE audit_link",
        "INSERT INTO audit_event (actor_kind, actor_name, action, object_kind, occurred_at)"
            + " VALUES ('user', 'ada', 'job.create', 'job', '2020-01-01')",
        "INSERT INTO audit_event (event_id, actor_kind, actor_name, action, object_kind)"
            + " OVERRIDING SYSTEM VALUE VALUES (1, 'user', 'ada', 'job.create', 'job')",
        "DROP TRIGGER append_only ON audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "CREATE TRIGGER mine BEFORE INSERT ON audit_event EXECUTE FUNCTION refuse_audit_change()",
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
        "ALTER TABLE node ADD COLUMN mine text",
        "DROP TABLE audit_pending",
        "TRUNCATE node CASCADE",
        "CREATE TABLE mine (a int)",
        "CREATE INDEX mine ON node (node_id)",
        "UPDATE flyway_schema_history SET version = '1'",
        "SET ROLE admin"
      })
  void cannot(String statement) {
    try (ControlDatabase database = openAsService()) {
      record(database);
      new Chain(database.jdbi()).extend();

      // Not even with the words by which the owner can.
      assertThatThrownBy(() ->
              database
                  .jdbi()
                  .useHandle(handle -> {
                    handle.execute(WORDS);
                    handle.execute(statement);
                  }))
          .rootCause()
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  @Test
  void startsOnTablesThatAreUpToDateAndNotOnOlderOnes() {
    makeOlderTables();
    makeRole(role);
    new Schema(owner).grant(role);

    assertThatThrownBy(() -> ControlDatabase.open(service, 2))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("is at version %s, and this edj needs ".formatted(OLDER))
        .hasMessageContaining("'%s' may not change its tables".formatted(role))
        .hasMessageContaining("run 'edj migrate' as their owner");
    assertThatThrownBy(() -> new Schema(service).migrate())
        .hasMessageContaining("are not those of '%s': log in as their owner".formatted(role));
  }

  @Test
  void aLoginThatIsNoServiceRoleIsToldWhatToDo() {
    makeTables();
    makeRole(role);
    assertThatThrownBy(() -> ControlDatabase.open(service, 2))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("run 'edj migrate --service-role %s' as their owner".formatted(role));
  }

  @Test
  void theTablesOfALaterVersionAreOpenToItAsWell() {
    makeOlderTables();
    makeRole(role);
    Schema schema = new Schema(owner);
    schema.grant(role);

    assertThat(schema.migrate().made()).isPositive();

    try (ControlDatabase database = ControlDatabase.open(service, 2)) {
      assertThat(count(database.jdbi(), "voucher")).isZero();
    }
    assertThat(schema.migrate().made()).isZero();
  }

  @Test
  void aRoleThatCouldBeKeptFromNothingIsRefused() {
    makeTables();
    Schema schema = new Schema(owner);
    makeRole(role);

    assertThatThrownBy(() -> schema.grant("no such"))
        .hasMessageContaining("there is no role 'no such'")
        .hasMessageContaining("CREATE ROLE \"no such\" LOGIN");
    assertThatThrownBy(() -> schema.grant(PostgresServer.USER))
        .hasMessageContaining("'admin' is a superuser, so that nothing could be kept from it");
    SERVER.execute("GRANT pg_write_all_data TO " + role);
    assertThatThrownBy(() -> schema.grant(role))
        .hasMessageContaining("may still change audit_event and change audit_link");
    SERVER.execute("REVOKE pg_write_all_data FROM " + role);
    SERVER.execute("ALTER ROLE %s CREATEROLE".formatted(role));
    assertThatThrownBy(() -> schema.grant(role)).hasMessageContaining("may make roles");
    SERVER.execute("ALTER ROLE %s NOCREATEROLE".formatted(role));
    SERVER.execute("ALTER DATABASE %s OWNER TO %s".formatted(name, role));
    assertThatThrownBy(() -> schema.grant(role)).hasMessageContaining("owns the schema of");
    assertThat(schema.serviceRoles()).isEmpty();
  }

  /// As it is where the database comes from a PostgreSQL before 15.
  @Test
  void whereEverybodyMayMakeThingsNobodyIsAServiceRole() {
    makeTables();
    Schema schema = new Schema(owner);
    makeRole(role);
    execute(owner, "GRANT CREATE ON SCHEMA public TO PUBLIC");
    assertThatThrownBy(() -> schema.grant(role))
        .hasMessageContaining("may still create objects in schema public")
        .hasMessageContaining("(PUBLIC)");
  }

  @Test
  void theOwnerRunsNothingThatSomebodyPutBesideTheTables() {
    makeTables();
    Schema schema = new Schema(owner);
    makeRole(role);
    execute(owner, "GRANT CREATE ON SCHEMA public TO " + role);
    for (String function :
        List.of(
            "quote_ident(name)",
            "to_regclass(varchar)",
            "current_setting(varchar)",
            "format(text, text)",
            "format(text, text, text)")) {
      execute(
          service,
          "CREATE FUNCTION public.%s RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE ''hijacked''; END'"
              .formatted(function));
    }
    schema.grant(role);
    schema.migrate();
    assertThat(schema.serviceRoles()).containsExactly(role);
  }

  @Test
  void aVersionThatWasPassedOverIsMissed() {
    openAsService().close();
    execute(owner, "DELETE FROM flyway_schema_history WHERE version = '" + OLDER + "'");
    assertThatThrownBy(() -> ControlDatabase.open(service, 2))
        .hasMessageContaining("this edj needs " + OLDER);
  }

  @Test
  void rightsThatWereLostComeBackWithTheNextMigration() {
    openAsService().close();
    execute(owner, "REVOKE ALL ON node FROM " + role);

    assertThat(new Schema(owner).migrate().made()).isZero();

    try (ControlDatabase database = ControlDatabase.open(service, 2)) {
      assertThat(count(database.jdbi(), "node")).isZero();
    }
  }

  @Test
  void anEventHasTheTimeAtWhichItIsWritten() {
    try (ControlDatabase database = openAsService()) {
      boolean late =
          database
              .jdbi()
              .inTransaction(handle -> {
                handle.execute("SELECT pg_sleep(0.05)");
                NewAuditEvent.of("job.create").record(handle);
                return handle
                    .createQuery("SELECT occurred_at >= now() + interval '50 ms' FROM audit_event")
                    .mapTo(boolean.class)
                    .one();
              });
      assertThat(late).isTrue();
    }
  }

  @Test
  void aNameThatIsNoWordOfSqlIsAName() {
    makeTables();
    Schema schema = new Schema(owner);
    String odd = "o'dd \"role\"; DROP TABLE node " + name;
    SERVER.execute("CREATE ROLE \"%s\" LOGIN".formatted(odd.replace("\"", "\"\"")));
    schema.grant(odd);
    assertThat(schema.serviceRoles()).isEqualTo(List.of(odd));
  }

  private ControlDatabase openAsService() {
    makeTables();
    Schema schema = new Schema(owner);
    makeRole(role);
    schema.grant(role);
    return ControlDatabase.open(service, 2);
  }

  private void makeTables() {
    SERVER.execute("DROP DATABASE " + name);
    SERVER.execute("CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy".formatted(name, TEMPLATE));
  }

  private static void execute(ControlDatabaseAddress as, String statement) {
    Jdbi.create(as.url(), as.properties("test")).useHandle(handle -> handle.execute(statement));
  }

  private void makeRole(String role) {
    SERVER.execute("CREATE ROLE %s LOGIN PASSWORD 's3cret'".formatted(role));
  }

  private void makeOlderTables() {
    Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .locations("classpath:db/migration")
        .target(OLDER)
        .load()
        .migrate();
  }

  private static ControlDatabaseAddress address(String database, String user, String password) {
    return new ControlDatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(SERVER.port(), database), user, password);
  }

  private static void record(ControlDatabase database) {
    database
        .jdbi()
        .useTransaction(handle -> NewAuditEvent.of("job.create").named("nightly").record(handle));
  }

  private static int count(Jdbi jdbi, String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(int.class).one());
  }
}
