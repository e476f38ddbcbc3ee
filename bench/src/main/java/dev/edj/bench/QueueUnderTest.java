package dev.edj.bench;

import dev.edj.Node;
import dev.edj.content.PackageFetch;
import dev.edj.content.Packages;
import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.credential.LoginSource;
import dev.edj.dacpac.SqlServerDeployer;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Retention;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.node.NodeProfile;
import dev.edj.notice.Outbox;
import dev.edj.outward.AllowedHosts;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.NoticeSettings;
import dev.edj.target.Dialer;
import dev.edj.target.TargetResolver;
import dev.edj.worker.RunningAttempt;
import dev.edj.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;

/// The queue alone: a control database of its own, a fleet that exists in it only, and nodes whose
/// attempts do nothing.
final class QueueUnderTest implements AutoCloseable {

  private static final int CAPACITY = 512;
  private static final int CONNECTIONS_OF_A_NODE = 12;
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /// A service runs for days: its code has long been compiled. A first run brings about that state.
  private static final int WARM_UP_RUNS = 50;

  private final Path directory = Scratch.directory("edj-queue-bench");
  private final EmbeddedControlDatabase embedded;
  private final ControlDatabase database;
  private final Path keys = directory.resolve("keys.json");
  private final List<Runnable> stops = new ArrayList<>();
  private final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
  private final EndSignal ends = new EndSignal();
  private final Executions executions;

  /// With three jobs: `big` on all databases, `warm-up` on a quarter of them, `small` on one.
  QueueUnderTest(int databases, int servers) throws IOException {
    this.embedded = EmbeddedControlDatabase.start(directory);
    this.database = ControlDatabase.open(embedded.address(), CONNECTIONS_OF_A_NODE);
    this.executions = new Executions(database.jdbi(), ids, ends);
    PrivateKeys.open(keys, database.jdbi());
    insertFleet(database.jdbi(), databases, servers);
  }

  ControlDatabaseAddress address() {
    return embedded.address();
  }

  Jdbi jdbi() {
    return database.jdbi();
  }

  Executions executions() {
    return executions;
  }

  /// @param logger told of every statement of the nodes
  void startNodes(int number, SqlLogger logger) {
    for (int i = 1; i <= number; i++) {
      ControlDatabase own = ControlDatabase.open(embedded.address(), CONNECTIONS_OF_A_NODE);
      own.jdbi().setSqlLogger(logger);
      stops.addFirst(own::close);
      stops.addFirst(node(own, "bench-" + i).start()::close);
    }
  }

  void stopNodes() {
    stops.forEach(Runnable::run);
    stops.clear();
  }

  void warmUp() {
    run("warm-up");
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      run("small");
    }
  }

  /// Starts the job and waits for its end.
  JobExecution run(String job) {
    return awaitEnd(executions.start(job, "bench").id());
  }

  JobExecution awaitEnd(UUID run) {
    return executions.await(List.of(run), false, LIMIT).getFirst();
  }

  /// From the start of the first child to the end of the last.
  double secondsOfChildren(UUID run) {
    return number(
        """
        SELECT extract(epoch FROM max(c.ended_at) - min(c.started_at))
        FROM step_execution s JOIN child_execution c ON c.step_execution_id = s.step_execution_id
        WHERE s.execution_id = :run
        """,
        run);
  }

  /// From the start of the run to that of its first child.
  double secondsOfExpansion(UUID run) {
    return number(
        """
        SELECT extract(epoch FROM min(c.started_at) - min(e.created_at))
        FROM job_execution e
        JOIN step_execution s ON s.execution_id = e.execution_id
        JOIN child_execution c ON c.step_execution_id = s.step_execution_id
        WHERE e.execution_id = :run
        """,
        run);
  }

  private double number(String sql, UUID run) {
    return jdbi()
        .withHandle(handle -> handle.createQuery(sql).bind("run", run).mapTo(Double.class).one());
  }

  /// How many transactions the control database has ended.
  long transactions() {
    return jdbi()
        .withHandle(handle -> {
          handle.execute("SELECT pg_stat_force_next_flush()");
          return handle
              .createQuery(
                  "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()")
              .mapTo(Long.class)
              .one();
        });
  }

  @Override
  public void close() throws IOException {
    stopNodes();
    database.close();
    embedded.close();
    Scratch.remove(directory);
  }

  private Node node(ControlDatabase own, String name) {
    Jdbi jdbi = own.jdbi();
    PrivateKeys privateKeys = PrivateKeys.open(keys, jdbi);
    Dialer dialer = new Dialer(jdbi, new LoginSource(jdbi, privateKeys));
    return new Node(
        own,
        NodeProfile.of(name, Duration.ofSeconds(30)),
        new Retention(Duration.ofDays(45), Duration.ofDays(45)),
        WorkerSettings.ofCapacity(CAPACITY),
        QueueUnderTest::nothing,
        new TargetResolver(jdbi, dialer),
        new PackageFetch(AllowedHosts.NONE, new Packages(jdbi, new SqlServerDeployer(), directory)),
        privateKeys,
        new Outbox(jdbi, privateKeys, new Executions(jdbi, ids, ends), NoticeSettings.NONE),
        ids,
        ends);
  }

  private static AttemptReport nothing(RunningAttempt attempt) {
    return new AttemptReport(
        attempt.child(),
        TaskType.ScriptExecution,
        Lifecycle.Succeeded,
        Lifecycle.Succeeded,
        null,
        false,
        null,
        null,
        List.of(
            new AttemptReport.BatchReport(
                1, Lifecycle.Succeeded, Duration.ZERO, Duration.ZERO, null)),
        List.of());
  }

  private static void insertFleet(Jdbi jdbi, int databases, int servers) {
    String sql =
        """
        INSERT INTO credential (name, user_name, key_id, encrypted_password)
          SELECT 'c', 'u', key_id, '' FROM encryption_key LIMIT 1;
        INSERT INTO content (name, kind, latest_version) VALUES ('s', 'Script', 1);
        INSERT INTO content_version (content_id, version, text, sha256)
          SELECT content_id, 1, 'SELECT 1', '' FROM content;
        INSERT INTO server (name, max_connections) SELECT 'postgresql://s' || n, 10000 FROM generate_series(1, %1$d) n;
        INSERT INTO target (target_id, name, kind) SELECT gen_random_uuid(), name, 'CustomCollection'
          FROM unnest(ARRAY['big', 'warm-up']) name;
        INSERT INTO target (target_id, name, kind, server_id, database_name)
          SELECT gen_random_uuid(), 'd' || n, 'Database', 1 + n %% %1$d, 'd' || n FROM generate_series(1, %2$d) n;
        INSERT INTO target_child (parent_id, child_id, membership)
          SELECT p.target_id, c.target_id, 'Include' FROM target p, target c WHERE p.name = 'big' AND c.kind = 'Database';
        INSERT INTO target_child (parent_id, child_id, membership)
          SELECT p.target_id, c.child_id, 'Include' FROM target p, target_child c WHERE p.name = 'warm-up' LIMIT %2$d / 4;
        INSERT INTO job (name, current_version) VALUES ('big', 1), ('small', 1), ('warm-up', 1);
        INSERT INTO job_version (job_id, version) SELECT job_id, 1 FROM job;
        INSERT INTO job_step (job_id, version, step_id, name, content_id, credential_id, target_id, policy_id)
          SELECT job_id, 1, 1, 'JobStep', content_id, c.credential_id, t.target_id, policy_id
          FROM job, content, credential c, target t, execution_policy p
          WHERE p.name = 'Default execution policy' AND t.name = CASE job.name WHEN 'small' THEN 'd1' ELSE job.name END;
        ANALYZE;
        """
            .formatted(servers, databases);
    jdbi.useHandle(handle -> Arrays.stream(sql.split(";\n")).forEach(handle::execute));
  }
}
