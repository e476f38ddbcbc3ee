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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a login that is not the owner of the tables can do with them, and what not.
class ServiceRoleTest {

  private static final String WORDS = "SET edj.audit_change = 'this breaks the audit log'";

  /// The first version with an audit log.
  private static final String OLDER = "26";

  private final PostgresServer server = PostgresServer.shared();
  private final String name = server.createDatabase();
  private final String role = "service_" + name;
  private final ControlDatabaseAddress owner =
      address(PostgresServer.USER, PostgresServer.PASSWORD);
  private final ControlDatabaseAddress service = address(role, "s3cret");

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
    new Schema(owner).migrate();
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
    Schema schema = new Schema(owner);
    schema.migrate();
    makeRole(role);

    assertThatThrownBy(() -> schema.grant("no such"))
        .hasMessageContaining("there is no role 'no such'")
        .hasMessageContaining("CREATE ROLE \"no such\" LOGIN");
    assertThatThrownBy(() -> schema.grant(PostgresServer.USER))
        .hasMessageContaining("'admin' is a superuser or owns the tables");
    server.execute("GRANT pg_write_all_data TO " + role);
    assertThatThrownBy(() -> schema.grant(role))
        .hasMessageContaining("may still change audit_event and audit_link");
    assertThat(schema.serviceRoles()).isEmpty();
  }

  @Test
  void aNameThatIsNoWordOfSqlIsAName() {
    Schema schema = new Schema(owner);
    schema.migrate();
    String odd = "o'dd \"role\"; DROP TABLE node " + name;
    server.execute("CREATE ROLE \"%s\" LOGIN".formatted(odd.replace("\"", "\"\"")));
    schema.grant(odd);
    assertThat(schema.serviceRoles()).isEqualTo(List.of(odd));
  }

  private ControlDatabase openAsService() {
    Schema schema = new Schema(owner);
    schema.migrate();
    makeRole(role);
    schema.grant(role);
    return ControlDatabase.open(service, 2);
  }

  private void makeRole(String role) {
    server.execute("CREATE ROLE %s LOGIN PASSWORD 's3cret'".formatted(role));
  }

  private void makeOlderTables() {
    Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .locations("classpath:db/migration")
        .target(OLDER)
        .load()
        .migrate();
  }

  private ControlDatabaseAddress address(String user, String password) {
    return new ControlDatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), name), user, password);
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
