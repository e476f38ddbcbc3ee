package dev.edj.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.content.NewContent;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.Membership;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.Unpacked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real process between any two messages to and from the server that takes what it
/// collects, and lets another node take over. `-Dfailpoint.step=1` tries every boundary.
class CollectingFailpointIT {

  private static final int STEP = Integer.getInteger("failpoint.step", 23);

  /// More than there are.
  private static final int MOST = 2_000;

  private static final String ALL = "all";
  private static final String AT_LEAST_ONCE = "collects";
  private static final String EXACTLY_ONCE = "collects once";
  private static final int ROWS = 400;

  /// What a session leaves in its database, and every row that it returns, tell which it was.
  private static final String SCRIPT =
      """
      INSERT INTO effect (job, child, session)
      SELECT '$(job_name)', substr(application_name, 5), pid || ' since ' || backend_start
      FROM pg_stat_activity WHERE pid = pg_backend_pid();
      GO
      SELECT number, '$(job_name)' AS job, pid || ' since ' || backend_start AS session
      FROM pg_stat_activity, generate_series(1, %d) number WHERE pid = pg_backend_pid();
      GO
      SELECT 0 AS number, '$(job_name)' AS job, 'the second result set' AS session;
      """
          .formatted(ROWS);

  @TempDir private Path directory;

  private final TestControlDatabase control = TestControlDatabase.create();
  private final PostgresServer server = PostgresServer.shared();
  private final String results = server.createDatabase();
  private final List<String> databases = Stream.generate(server::createDatabase).limit(2).toList();

  @AfterEach
  void closeControl() {
    control.close();
  }

  @Test
  void whereverANodeIsKilledWhatItCollectedIsThereOnceAndWhole() throws Exception {
    try (Turnstile way = new Turnstile(server.port());
        Wiring edj = Wiring.open(settings())) {
      define(edj, way);
      int killed = 0;
      for (int boundary = 1; boundary < MOST; boundary += STEP) {
        if (!killedAt(boundary, edj, way)) {
          assertThat(killed).as("boundaries at which the process was killed").isGreaterThan(3);
          return;
        }
        killed++;
      }
    }
    throw new AssertionError("the process never ended by itself");
  }

  /// Whether there was such a boundary.
  private boolean killedAt(int boundary, Wiring edj, Turnstile way)
      throws IOException, InterruptedException {
    in(results).useHandle(handle -> handle.execute("DROP TABLE IF EXISTS collected"));
    for (String database : databases) {
      in(database).useHandle(handle -> handle.execute("TRUNCATE effect"));
    }
    edj.executions().start(AT_LEAST_ONCE, "test");
    edj.executions().start(EXACTLY_ONCE, "test");
    int status = runDoomed(boundary, way);
    assertThat(status)
        .as("exit status at boundary %d:%n%s", boundary, Files.readString(nodeLog()))
        .isIn(0, Boundaries.KILLED);
    if (status == Boundaries.KILLED) {
      Jdbi jdbi = control.jdbi();
      jdbi.useHandle(
          handle -> handle.execute("UPDATE node SET heartbeat_at = now() - interval '1 minute'"));
      try (Wiring successor = Wiring.open(settings())) {
        successor.node().start();
        assertThat(FailpointNode.awaitEnd(jdbi, Duration.ofSeconds(30)))
            .as("all runs ended after a kill at boundary %d", boundary)
            .isTrue();
      }
    }
    check(boundary);
    return status == Boundaries.KILLED;
  }

  private int runDoomed(int boundary, Turnstile way) throws IOException, InterruptedException {
    ControlDatabaseAddress address = control.address();
    List<String> command = new ArrayList<>(Unpacked.commandLine(directory, CollectingNode.class));
    command.addAll(
        List.of(
            directory.toString(),
            address.url(),
            Objects.requireNonNull(address.user()),
            Objects.requireNonNull(address.password())));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(nodeLog().toFile())
            .start();
    way.killAt(boundary, process);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process neither ended nor was killed");
    }
    way.spare();
    return process.exitValue();
  }

  private void check(int boundary) {
    String after = "after a kill at boundary " + boundary;
    assertThat(
            list(
                control.jdbi(),
                "SELECT execution_id::text FROM child_execution WHERE lifecycle <> 'Succeeded'"))
        .as("children that did not end well, %s", after)
        .isEmpty();
    assertThat(
            list(
                in(results),
                """
                SELECT internal_execution_id::text FROM collected GROUP BY internal_execution_id
                HAVING count(DISTINCT session) <> 1 OR count(*) <> %d OR count(DISTINCT number) <> %d
                """
                    .formatted(ROWS, ROWS)))
        .as("children whose rows are not those of one session, each once, %s", after)
        .isEmpty();
    assertThat(list(in(results), "SELECT indexname FROM pg_indexes WHERE tablename = 'collected'"))
        .as("indexes, %s", after)
        .containsExactly("IX_collected_Internal_Execution_ID");
    assertThat(collected(AT_LEAST_ONCE))
        .as("what was collected, %s", after)
        .hasSameSizeAs(databases)
        .isSubsetOf(effects(AT_LEAST_ONCE));
    assertThat(collected(EXACTLY_ONCE))
        .as("what was collected of what was committed, %s", after)
        .hasSameSizeAs(databases)
        .containsExactlyInAnyOrderElementsOf(effects(EXACTLY_ONCE));
  }

  /// Each child with the session whose rows are in the destination.
  private List<String> collected(String job) {
    return list(
        in(results),
        "SELECT DISTINCT internal_execution_id || ' by ' || session FROM collected WHERE job = '%s'"
            .formatted(job));
  }

  /// Each child with a session that ran the script, or with exactly once committed it.
  private List<String> effects(String job) {
    String sql = "SELECT child || ' by ' || session FROM effect WHERE job = '%s'".formatted(job);
    return databases.stream().flatMap(database -> list(in(database), sql).stream()).toList();
  }

  private static List<String> list(Jdbi jdbi, String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private void define(Wiring edj, Turnstile way) {
    String targets = address(server.port());
    String destination = address(way.port());
    edj.credentials()
        .create(
            new NewCredential(
                ALL,
                PostgresServer.USER,
                PostgresServer.PASSWORD,
                null,
                List.of(targets, destination)));
    for (String name : List.of(targets, destination)) {
      edj.targets()
          .create(
              new NewTarget(
                  TargetKind.Server,
                  name,
                  name,
                  null,
                  ALL,
                  null,
                  new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null, null, null)));
    }
    edj.targets()
        .create(new NewTarget(TargetKind.CustomCollection, ALL, null, null, null, null, null));
    for (String database : databases) {
      in(database)
          .useHandle(
              handle -> handle.execute("CREATE TABLE effect (job text, child text, session text)"));
      edj.targets()
          .create(
              new NewTarget(TargetKind.Database, database, targets, database, null, null, null));
      edj.targets().addChild(ALL, database, Membership.Include);
    }
    edj.contents().create(new NewContent(ALL, SCRIPT, null));
    for (String job : List.of(AT_LEAST_ONCE, EXACTLY_ONCE)) {
      NewJobStep step =
          NewJobStep.of(ALL, ALL, ALL)
              .exactlyOnce(job.equals(EXACTLY_ONCE))
              .results(ResultMode.Send)
              .destination(
                  new Destination(destination, results, null, "collected", ALL, null, null))
              .build();
      edj.jobs().create(new NewJob(job, null, List.of(step), null, Map.of()));
    }
  }

  private static String address(int port) {
    return "postgresql://127.0.0.1:" + port;
  }

  private ServiceSettings settings() {
    return ServiceSettings.in(directory).withControlDatabase(control.address());
  }

  private Jdbi in(String database) {
    return Jdbi.create(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), database),
        PostgresServer.USER,
        PostgresServer.PASSWORD);
  }

  private Path nodeLog() {
    return directory.resolve("node.log");
  }
}
