package dev.edj.failpoint;

import dev.edj.Node;
import dev.edj.content.PackageFetch;
import dev.edj.content.Packages;
import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.credential.LoginSource;
import dev.edj.dacpac.SqlServerDeployer;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Retention;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.node.NodeProfile;
import dev.edj.notice.Outbox;
import dev.edj.outward.AllowedHosts;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.NoticeSettings;
import dev.edj.target.Dialer;
import dev.edj.target.TargetResolver;
import dev.edj.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// A node in a process of its own, which ends at a boundary, or by itself when all is done.
final class FailpointNode {

  private FailpointNode() {}

  /// Arguments: the control database's URL, its user and password, the file of the private keys,
  /// the host that notices may be sent to, and the boundary at which to end.
  public static void main(String[] args) throws InterruptedException {
    ControlDatabaseAddress address = new ControlDatabaseAddress(args[0], args[1], args[2]);
    ControlDatabase database = ControlDatabase.open(address, 8);
    Node node =
        node(
            database,
            address,
            Path.of(args[3]),
            new NoticeSettings(Set.of(args[4]), null),
            "doomed");
    Boundaries.named(args[5]).watch(database.jdbi());
    node.start();
    Jdbi looking = Jdbi.create(args[0], args[1], args[2]);
    int status = awaitEnd(looking, Duration.ofSeconds(30)) ? 0 : 1;
    Runtime.getRuntime().halt(status);
  }

  static Node node(
      ControlDatabase database,
      ControlDatabaseAddress address,
      Path keys,
      NoticeSettings notices,
      String name) {
    Jdbi jdbi = database.jdbi();
    PrivateKeys privateKeys = PrivateKeys.open(keys, jdbi);
    Dialer dialer = new Dialer(jdbi, new LoginSource(jdbi, privateKeys));
    TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
    EndSignal ends = new EndSignal();
    return new Node(
        database,
        NodeProfile.of(name, Duration.ofSeconds(10)),
        new Retention(Duration.ofDays(45), Duration.ofDays(45)),
        WorkerSettings.ofCapacity(20),
        new Witness(address),
        new TargetResolver(jdbi, dialer),
        new PackageFetch(
            AllowedHosts.NONE,
            new Packages(
                jdbi, new SqlServerDeployer(), Path.of(System.getProperty("java.io.tmpdir")))),
        privateKeys,
        new Outbox(jdbi, privateKeys, new Executions(jdbi, ids, ends), notices),
        ids,
        ends);
  }

  static boolean awaitEnd(Jdbi jdbi, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      if (isAllDone(jdbi)) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  /// Whether all runs have ended, what follows them was started, notices of them were sent, and
  /// nothing more is planned.
  private static boolean isAllDone(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT NOT EXISTS (SELECT FROM job_execution WHERE ended_at IS NULL OR NOT followed)
                  AND NOT EXISTS (SELECT FROM job_trigger WHERE next_at IS NOT NULL)
                  AND NOT EXISTS (SELECT FROM notice_delivery WHERE due_at IS NOT NULL)
                """)
            .mapTo(Boolean.class)
            .one());
  }
}
