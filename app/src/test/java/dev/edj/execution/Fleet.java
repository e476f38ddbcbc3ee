package dev.edj.execution;

import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.node.NodeRole;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Rows for tests of the queue: servers, jobs and runs, put straight into the control database.
public final class Fleet {

  private final Jdbi jdbi;
  private final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());

  public Fleet(Jdbi jdbi) {
    this.jdbi = jdbi;
    jdbi.useHandle(handle ->
        handle
            .createScript(
                """
                INSERT INTO encryption_key (key_id, public_keyset) VALUES ('k', 'k') ON CONFLICT DO NOTHING;
                INSERT INTO credential (name, user_name, key_id, encrypted_password) VALUES ('c', 'u', 'k', '\\x00')
                  ON CONFLICT DO NOTHING;
                INSERT INTO content (name, kind, latest_version) VALUES ('s', 'Script', 1) ON CONFLICT DO NOTHING;
                INSERT INTO content_version (content_id, version, text, sha256)
                  SELECT content_id, 1, 'SELECT 1', '' FROM content ON CONFLICT DO NOTHING;
                INSERT INTO target (target_id, name, kind) VALUES (gen_random_uuid(), 'all', 'CustomCollection')
                  ON CONFLICT DO NOTHING;
                """)
            .execute());
  }

  public int server(String name, int maxConnections) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                INSERT INTO server (name, max_connections) VALUES (:name, :max)
                ON CONFLICT (name) DO UPDATE SET max_connections = excluded.max_connections
                RETURNING server_id
                """)
            .bind("name", name)
            .bind("max", maxConnections)
            .mapTo(Integer.class)
            .one());
  }

  /// A job with the policy named.
  public void job(String name, String policy) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                WITH j AS (INSERT INTO job (name, current_version) VALUES (:name, 1) RETURNING job_id),
                     v AS (INSERT INTO job_version (job_id, version) SELECT job_id, 1 FROM j RETURNING job_id)
                INSERT INTO job_step (job_id, version, step_id, name, content_id, credential_id, target_id, policy_id)
                SELECT v.job_id, 1, 1, 'JobStep', content_id, credential.credential_id, target_id, policy_id
                FROM v, content, credential, target, execution_policy p
                WHERE p.name = :policy AND target.name = 'all' AND content.name = 's' AND credential.name = 'c'
                """)
            .bind("name", name)
            .bind("policy", policy)
            .execute());
  }

  /// A run of the job with `perServer` databases on each of the servers, expanded and ready to be
  /// claimed.
  public UUID run(String job, int perServer, String... servers) {
    return run(job, null, perServer, servers);
  }

  public UUID run(String job, @Nullable Integer maxParallelism, int perServer, String... servers) {
    UUID run = ids.next();
    List<String> names = List.of(servers);
    jdbi.useTransaction(handle -> {
      RunStore store = handle.attach(RunStore.class);
      RunStore.StartableJob startable = Objects.requireNonNull(store.startable(job));
      store.insertRun(run, startable.jobId(), 1, Purpose.Run, "test", null, "{}");
      store.insertSteps(run);
      store.insertProgress(run);
      handle.execute(
          "UPDATE step_execution SET max_parallelism = ? WHERE execution_id = ?",
          maxParallelism,
          run);
      handle.execute(
          """
          UPDATE job_execution SET started_at = now(), lifecycle = 'WaitingForChildJobExecutions'
          WHERE execution_id = ?
          """,
          run);
      long step = store.pinnedSteps(run).getFirst().stepExecutionId();
      Set<RunStore.Place> busy =
          store.busy(new UUID[] {run}, new long[] {startable.jobId()}).stream()
              .map(RunStore.BusyPlace::place)
              .collect(Collectors.toSet());
      store.insertChildren(newChildren(step, names, perServer, busy));
      store.announceWork();
    });
    return run;
  }

  private NewChildren newChildren(
      long step, List<String> servers, int perServer, Set<RunStore.Place> busy) {
    int children = servers.size() * perServer;
    int[] serverIds = servers.stream().mapToInt(this::serverId).toArray();
    return new NewChildren(
        IntStream.range(0, children).mapToObj(i -> ids.next()).toArray(UUID[]::new),
        LongStream.generate(() -> step).limit(children).toArray(),
        IntStream.range(0, children).map(i -> serverIds[i / perServer]).toArray(),
        IntStream.range(0, children).mapToObj(i -> "db" + i % perServer).toArray(String[]::new),
        new Integer[children],
        new int[children],
        new UUID[children],
        IntStream.range(0, children)
            .mapToObj(i ->
                busy.contains(new RunStore.Place(serverIds[i / perServer], "db" + i % perServer)))
            .toArray(Boolean[]::new),
        new String[children]);
  }

  private int serverId(String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT server_id FROM server WHERE name = :name")
            .bind("name", name)
            .mapTo(Integer.class)
            .one());
  }

  public long node(String name, String... labels) {
    NodeProfile profile =
        new NodeProfile(
            name, Duration.ofSeconds(10), Set.of(NodeRole.values()), Set.of(labels), "test");
    return NodeLease.register(jdbi, profile).nodeId();
  }

  public void stop(long node) {
    jdbi.useHandle(
        handle -> handle.execute("UPDATE node SET stopped_at = now() WHERE node_id = ?", node));
  }

  /// Has the server require labels, each `key=value`.
  public void require(String server, String... labels) {
    jdbi.useHandle(handle ->
        handle.execute("UPDATE server SET required_labels = ? WHERE name = ?", labels, server));
  }

  public Instant now() {
    return jdbi.withHandle(handle -> handle.createQuery("SELECT now()").mapTo(Instant.class).one());
  }
}
