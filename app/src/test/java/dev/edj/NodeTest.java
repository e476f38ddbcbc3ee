package dev.edj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.content.PackageFetch;
import dev.edj.controldb.ControlDatabase;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.EndSignal;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.Fleet;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Retention;
import dev.edj.execution.TaskExecution;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.node.NodeLifecycle;
import dev.edj.node.NodeProfile;
import dev.edj.node.NodeRole;
import dev.edj.node.Nodes;
import dev.edj.notice.Outbox;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.NoticeSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.TargetResolver;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import dev.edj.worker.AttemptRunner;
import dev.edj.worker.RunningAttempt;
import dev.edj.worker.WorkerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several whole nodes on one control database.
@Order(1)
@Timeout(90)
class NodeTest {

  private static final Duration LEASE = Duration.ofSeconds(10);

  private final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
  private final EndSignal ends = new EndSignal();
  private final List<Node> started = new ArrayList<>();
  private final List<Node> severed = new ArrayList<>();
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private TestControlDatabase database;
  private Fleet fleet;
  private Executions executions;
  private Nodes nodes;
  private TargetResolver resolver;
  private PackageFetch fetch;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    Jdbi jdbi = database.jdbi();
    TestFleet features = new TestFleet(jdbi);
    resolver = features.resolver;
    fetch = features.fetch;
    fleet = new Fleet(jdbi);
    fleet.server("s", 1_000);
    fleet.job("j", "Default execution policy");
    executions = new Executions(jdbi, ids, ends);
    nodes = new Nodes(jdbi);
  }

  @AfterEach
  void close() {
    testIsOver.countDown();
    started.forEach(Node::close);
    // They cannot say good-bye.
    severed.forEach(
        node -> assertThatThrownBy(node::close).isInstanceOf(ConnectionException.class));
    database.close();
  }

  @Test
  void aDeadNodesWorkGoesOnElsewhereWithin15Seconds() throws InterruptedException {
    assertThat(takeOver(ServiceSettings.DEFAULT_LEASE)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void withALeaseOf3SecondsItGoesOnWithin5() throws InterruptedException {
    assertThat(takeOver(Duration.ofSeconds(3))).isLessThan(Duration.ofSeconds(5));
  }

  /// Nodes are upgraded one at a time: the newer version changes the control database while the
  /// older one runs, and the older one may be started once more.
  @Test
  void aNodeRunsAndStartsOnTheControlDatabaseOfANewerVersion() {
    Node old = start(NodeProfile.of("old", LEASE), attempt -> report(attempt, Lifecycle.Succeeded));
    runSeveralTimes();
    migrateToANewerVersion();
    runSeveralTimes();
    nodes.drain("old");
    start(NodeProfile.of("again", LEASE), attempt -> report(attempt, Lifecycle.Succeeded));
    runSeveralTimes();
    assertThat(old.worker().inFlight()).isZero();
  }

  /// Often enough for the driver to have its statements prepared on the server.
  private void runSeveralTimes() {
    for (int i = 0; i < 12; i++) {
      assertThat(ended(executions.start("j", "test").id()).lifecycle())
          .isEqualTo(Lifecycle.Succeeded);
      assertThat(ended(fleet.run("j", 3, "s")).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    }
  }

  private void migrateToANewerVersion() {
    database
        .owner()
        .useHandle(handle -> {
          handle
              .createQuery(
                  "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'")
              .mapTo(String.class)
              .list()
              .forEach(table ->
                  handle.execute(
                      "ALTER TABLE %s ADD COLUMN of_a_newer_version int NOT NULL DEFAULT 0"
                          .formatted(table)));
          handle.execute(
              """
              INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                  installed_by, execution_time, success)
              VALUES (999, '999', 'newer', 'SQL', 'V999__newer.sql', 1, 'test', 1, true)
              """);
        });
  }

  @Test
  void childrenAreForWorkersAndRunsForControllers() {
    Node worker =
        start(profile("w", NodeRole.WORKER), attempt -> report(attempt, Lifecycle.Succeeded));
    UUID launched = executions.start("j", "test").id();
    UUID expanded = fleet.run("j", 50, "s");
    assertThat(ended(expanded).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(worker.worker().inFlight()).isZero();
    assertThat(executions.named(launched).waitingCause()).isEqualTo("no controller");

    Node controller =
        start(
            profile("c", NodeRole.API, NodeRole.CONTROLLER),
            attempt -> report(attempt, Lifecycle.Failed));
    assertThat(ended(launched).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(executions.tasks(launched)).extracting(TaskExecution::node).containsOnly("c");
    assertThat(controller.worker().inFlight()).isZero();
  }

  @Test
  void withoutAWorkerChildrenSayWhatTheyWaitFor() {
    start(
        profile("c", NodeRole.API, NodeRole.CONTROLLER),
        attempt -> report(attempt, Lifecycle.Failed));
    UUID run = fleet.run("j", 1, "s");
    assertThat(child(run).waitingCause()).isEqualTo("no worker");
  }

  @Test
  void aNodeThatLetsItsWorkEndBeforeItGoesIsSeenToDrain() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    WorkerSettings patient =
        new WorkerSettings(10, 10, 1, 1_000, Duration.ofSeconds(30), Duration.ofMillis(100));
    Node node =
        node(
            database.database(),
            NodeProfile.of("n", LEASE),
            patient,
            attempt -> {
              running.countDown();
              await(finish);
              return report(attempt, Lifecycle.Succeeded);
            });
    node.start();
    UUID run = fleet.run("j", 1, "s");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    Thread closing = Thread.ofPlatform().start(node::close);
    for (int i = 0; nodes.named("n").lifecycle() == NodeLifecycle.Active && i < 500; i++) {
      Thread.sleep(10);
    }
    assertThat(nodes.named("n").lifecycle()).isEqualTo(NodeLifecycle.Draining);
    finish.countDown();
    closing.join();
    assertThat(nodes.named("n").lifecycle()).isEqualTo(NodeLifecycle.Stopped);
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
  }

  @Test
  void aNodeThatIsToDrainEndsWhatItRunsAndTakesNothingNewUntilItIsResumed()
      throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    start(
        NodeProfile.of("first", LEASE),
        attempt -> {
          running.countDown();
          await(finish);
          return report(attempt, Lifecycle.Succeeded);
        });
    UUID before = fleet.run("j", 1, "s");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(nodes.drain("first").lifecycle()).isEqualTo(NodeLifecycle.Draining);
    start(NodeProfile.of("second", LEASE), attempt -> report(attempt, Lifecycle.Succeeded));
    fleet.job("k", "Default execution policy");
    UUID launched = executions.start("k", "test").id();
    UUID during = fleet.run("k", 50, "s");
    assertThat(ended(during).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(nodesOf(during)).containsOnly("second");
    assertThat(ended(launched).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(executions.tasks(launched)).extracting(TaskExecution::node).containsOnly("second");
    assertThat(nodes.named("first").children())
        .singleElement()
        .satisfies(child -> assertThat(child.parentId()).isEqualTo(before));

    finish.countDown();
    assertThat(ended(before).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(nodesOf(before)).containsExactly("first");

    nodes.drain("second");
    assertThat(nodes.resume("first").lifecycle()).isEqualTo(NodeLifecycle.Active);
    UUID after = fleet.run("k", 50, "s");
    assertThat(ended(after).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(nodesOf(after)).containsOnly("first");
  }

  @Test
  void aNodeThatIsStoppedLetsScriptsEndWithinItsGraceTimeAndHandsBackTheRest()
      throws InterruptedException {
    CountDownLatch running = new CountDownLatch(2);
    CountDownLatch closing = new CountDownLatch(1);
    Node first =
        node(
            database.database(),
            NodeProfile.of("first", LEASE),
            settings().withGrace(Duration.ofSeconds(2)),
            attempt -> {
              running.countDown();
              // One ends within the grace time, the other would take for ever.
              await(attempt.child().database().equals("db0") ? closing : testIsOver);
              return report(attempt, Lifecycle.Succeeded);
            });
    first.start();
    UUID run = fleet.run("j", 2, "s");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    Thread.ofVirtual().start(closing::countDown);
    first.close();
    assertThat(nodes.named("first").lifecycle()).isEqualTo(NodeLifecycle.Stopped);

    start(NodeProfile.of("second", LEASE), attempt -> report(attempt, Lifecycle.Succeeded));
    assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(nodesOf(run)).containsExactly("first", "first, second");
  }

  /// How long after a node was cut off from the control database its child has ended elsewhere.
  private Duration takeOver(Duration lease) throws InterruptedException {
    ControlDatabase cable = ControlDatabase.open(database.address(), 10);
    CountDownLatch running = new CountDownLatch(1);
    Node first =
        node(
            cable,
            NodeProfile.of("first", lease),
            settings(),
            attempt -> {
              running.countDown();
              await(testIsOver);
              return report(attempt, Lifecycle.Failed);
            });
    first.start();
    UUID run = fleet.run("j", 1, "s");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    start(NodeProfile.of("second", lease), attempt -> report(attempt, Lifecycle.Succeeded));
    cable.close();
    severed.add(first);
    long severedAtNanos = System.nanoTime();
    assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    Duration took = Duration.ofNanos(System.nanoTime() - severedAtNanos);
    assertThat(nodesOf(run)).containsExactly("first, second");
    assertThat(nodes.named("first").lifecycle()).isEqualTo(NodeLifecycle.Lost);
    return took;
  }

  private Node start(NodeProfile profile, AttemptRunner runner) {
    Node node = node(database.database(), profile, settings(), runner);
    started.add(node);
    return node.start();
  }

  private Node node(
      ControlDatabase on, NodeProfile profile, WorkerSettings settings, AttemptRunner runner) {
    return new Node(
        on,
        profile,
        new Retention(Duration.ofDays(1), Duration.ofDays(1)),
        settings,
        runner,
        resolver,
        fetch,
        PrivateKeys.none(),
        new Outbox(on.jdbi(), PrivateKeys.none(), executions, NoticeSettings.NONE),
        ids,
        ends);
  }

  private static WorkerSettings settings() {
    return new WorkerSettings(10, 10, 1, 1_000, Duration.ZERO, Duration.ofMillis(100));
  }

  private static NodeProfile profile(String name, NodeRole... roles) {
    return new NodeProfile(name, LEASE, EnumSet.copyOf(List.of(roles)), Set.of(), "test");
  }

  private JobExecution ended(UUID run) {
    return executions.await(List.of(run), false, Duration.ofSeconds(30)).getFirst();
  }

  private JobExecution child(UUID run) {
    return children(run).getFirst();
  }

  private List<JobExecution> children(UUID run) {
    return executions
        .list(ExecutionFilter.page(100).parent(run).includeInactive().filter())
        .items();
  }

  /// Which nodes had each child, in the order of its attempts.
  private List<String> nodesOf(UUID run) {
    return children(run).stream()
        .map(child ->
            String.join(
                ", ", executions.tasks(child.id()).stream().map(TaskExecution::node).toList()))
        .toList();
  }

  private static AttemptReport report(RunningAttempt attempt, Lifecycle lifecycle) {
    return new AttemptReport(
        attempt.child(),
        TaskType.ScriptExecution,
        lifecycle,
        lifecycle,
        null,
        true,
        null,
        null,
        List.of(),
        List.of());
  }

  /// Whatever tries to stop it.
  private static void await(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException e) {
        // Not yet.
      }
    }
  }
}
