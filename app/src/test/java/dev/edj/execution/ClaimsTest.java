package dev.edj.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseLoss;
import dev.edj.node.Nodes;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClaimsTest {

  private static final String POLICY = "Standard execution policy";

  private TestControlDatabase database;
  private Jdbi jdbi;
  private Fleet fleet;
  private Claims claims;
  private Reports reports;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new Fleet(jdbi);
    claims = new Claims(jdbi, new Random(1));
    reports = new Reports(jdbi);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyChildIsClaimedOnceHoweverManyNodesClaim() throws InterruptedException {
    for (int server = 0; server < 10; server++) {
      fleet.server("s" + server, 1_000);
    }
    fleet.job("big", POLICY);
    fleet.run("big", 50, "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9");
    ConcurrentLinkedQueue<UUID> claimed = new ConcurrentLinkedQueue<>();
    List<Thread> nodes = new ArrayList<>();
    for (int node = 0; node < 4; node++) {
      long id = fleet.node("n" + node);
      nodes.add(
          Thread.ofVirtual()
              .start(() -> {
                List<ClaimedChild> children;
                do {
                  children = claims.claim(id, 17, 0);
                  children.forEach(child -> claimed.add(child.executionId()));
                } while (!children.isEmpty());
              }));
    }
    for (Thread node : nodes) {
      node.join();
    }
    assertThat(claimed).hasSize(500).doesNotHaveDuplicates();
  }

  /// As when its process was stopped there, or its machine is gone.
  @Test
  @Timeout(30)
  void aNodeThatStandsStillInAClaimHoldsUpTheOthersForSecondsOnly() {
    fleet.server("s", 10);
    fleet.job("j", POLICY);
    fleet.run("j", 1, "s");
    long node = fleet.node("n");
    try (ControlDatabase ofOther = ControlDatabase.open(database.address(), 1)) {
      Jdbi other = ofOther.jdbi();
      assertThatThrownBy(() ->
              other.useTransaction(handle -> {
                handle.attach(QueueStore.class).begin();
                assertThat(claims.claim(node, 1, 0)).hasSize(1);
                handle.execute("SELECT 1");
              }))
          .isInstanceOf(JdbiException.class)
          .matches(ControlDatabaseLoss::isCauseOf);
      other.useHandle(handle -> handle.execute("SELECT 1"));
    }
  }

  @Test
  void whoWorksOutMillionsOfChildrenMayBeSilentForLonger() {
    String whileExpanding =
        jdbi.inTransaction(handle -> {
          handle.attach(RunStore.class).takeExpansionTurn(1);
          return handle
              .createQuery("SHOW idle_in_transaction_session_timeout")
              .mapTo(String.class)
              .one();
        });
    assertThat(whileExpanding).isEqualTo("1min");
  }

  /// Else a crash could undo it, and the node that runs the child could claim it a second time.
  @Test
  void aClaimIsOnDiskBeforeTheNodeHearsOfIt() {
    String whileClaiming =
        jdbi.inTransaction(handle -> {
          handle.execute("SET LOCAL synchronous_commit = 'on'");
          handle.attach(QueueStore.class).begin();
          return handle.createQuery("SHOW synchronous_commit").mapTo(String.class).one();
        });
    assertThat(whileClaiming).isEqualTo("on");
  }

  @Test
  void aServersConnectionsAreNeverExceededOverAllRunsAndNodes() {
    fleet.server("narrow", 3);
    fleet.server("wide", 100);
    fleet.job("one", POLICY);
    fleet.job("two", POLICY);
    fleet.run("one", 20, "narrow", "wide");
    fleet.run("two", 20, "narrow");
    List<ClaimedChild> claimed = new ArrayList<>();
    for (String node : List.of("a", "b", "c")) {
      claimed.addAll(claims.claim(fleet.node(node), 20, 0));
    }
    int narrow = fleet.server("narrow", 3);
    assertThat(claimed.stream().filter(child -> child.serverId() == narrow)).hasSize(3);
    assertThat(claimed.stream().filter(child -> child.serverId() != narrow)).hasSize(20);
  }

  @Test
  void maxParallelismHoldsOverAllNodes() {
    fleet.server("s", 100);
    fleet.job("j", POLICY);
    fleet.run("j", 4, 20, "s");
    int claimed = 0;
    for (String node : List.of("a", "b", "c")) {
      claimed += claims.claim(fleet.node(node), 3, 0).size();
    }
    assertThat(claimed).isEqualTo(4);
  }

  @Test
  void aRunOfOneDatabaseDoesNotWaitBehindABigOne() {
    fleet.server("s", 1_000);
    fleet.job("big", POLICY);
    fleet.job("small", POLICY);
    fleet.run("big", 500, "s");
    long node = fleet.node("n");
    assertThat(claims.claim(node, 50, 5)).hasSize(45);
    UUID small = fleet.run("small", 1, "s");
    List<ClaimedChild> next = claims.claim(node, 5, 5);
    assertThat(next).hasSize(1);
    assertThat(runOf(next.getFirst())).isEqualTo(small);
  }

  @Test
  void runsShareTheSlots() {
    fleet.server("s", 1_000);
    for (String job : List.of("a", "b", "c", "d")) {
      fleet.job(job, POLICY);
      fleet.run(job, 100, "s");
    }
    List<ClaimedChild> claimed = claims.claim(fleet.node("n"), 40, 0);
    assertThat(claimed.stream().map(this::runOf).distinct()).hasSize(4);
    assertThat(claimed).hasSize(40);
  }

  @Test
  void aRetryIsNotClaimedBeforeItsTime() {
    fleet.server("s", 10);
    fleet.job("j", POLICY);
    fleet.run("j", 1, "s");
    long node = fleet.node("n");
    ClaimedChild first = claims.claim(node, 1, 0).getFirst();
    reports.record(List.of(ReportsTest.retry(first, Duration.ofHours(1))));
    assertThat(claims.claim(node, 1, 0)).isEmpty();
    jdbi.useHandle(handle -> handle.execute("UPDATE child_execution SET ready_at = now()"));
    ClaimedChild second = claims.claim(node, 1, 0).getFirst();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.failedAttempts()).isEqualTo(1);
  }

  @Test
  void aStoppedRunIsNotClaimed() {
    fleet.server("s", 10);
    fleet.job("j", POLICY);
    UUID run = fleet.run("j", 5, "s");
    new Executions(jdbi, new TimeOrderedIds(java.time.InstantSource.system()), new EndSignal())
        .stop(run);
    assertThat(claims.claim(fleet.node("n"), 5, 0)).isEmpty();
  }

  @Test
  void onlyANodeWithAllLabelsThatAServerRequiresClaimsItsChildren() {
    fleet.server("open", 100);
    fleet.server("guarded", 100);
    fleet.require("guarded", "zone=eu", "net=inner");
    fleet.job("j", POLICY);
    fleet.run("j", 10, "open", "guarded");
    int open = fleet.server("open", 100);
    assertThat(claims.claim(fleet.node("none"), 4, 0))
        .hasSize(4)
        .allMatch(child -> child.serverId() == open);
    assertThat(claims.claim(fleet.node("some", "zone=eu"), 20, 0))
        .hasSize(6)
        .allMatch(child -> child.serverId() == open);
    assertThat(claims.claim(fleet.node("all", "net=inner", "zone=eu", "zone=us"), 20, 0))
        .hasSize(10)
        .noneMatch(child -> child.serverId() == open);
  }

  @Test
  void aRunThatNoNodeHereCanReachTakesNoSlotsFromOthers() {
    fleet.server("open", 100);
    fleet.server("guarded", 100);
    fleet.require("guarded", "zone=eu");
    fleet.job("far", POLICY);
    fleet.job("near", POLICY);
    fleet.run("far", 50, "guarded");
    fleet.run("near", 50, "open");
    long node = fleet.node("n");
    List<ClaimedChild> claimed = new ArrayList<>(claims.claim(node, 20, 0));
    claimed.addAll(claims.claim(node, 20 - claimed.size(), 0));
    assertThat(claimed).hasSize(20);
  }

  @Test
  void aNodeThatIsToDrainClaimsNothing() {
    fleet.server("s", 10);
    fleet.job("j", POLICY);
    fleet.run("j", 5, "s");
    long node = fleet.node("n");
    new Nodes(jdbi).drain("n");
    assertThat(claims.claim(node, 5, 0)).isEmpty();
    new Nodes(jdbi).resume("n");
    assertThat(claims.claim(node, 5, 0)).hasSize(5);
  }

  /// The planner, left alone, leaves the partial index once statistics say that most rows have
  /// ended.
  @Test
  void theClaimUsesItsIndexWithoutStatisticsAndWithThoseOfAMostlyFinishedRun() {
    fleet.server("s", 100);
    fleet.job("j", POLICY);
    fleet.run("j", 100_000, "s");
    assertClaimPlan();
    jdbi.useHandle(handle -> {
      handle.execute(
          """
          UPDATE child_execution SET lifecycle = 'Succeeded', ended_at = now()
          WHERE execution_id NOT IN (SELECT execution_id FROM child_execution LIMIT 100)
          """);
    });
    database.owner().useHandle(handle -> handle.execute("ANALYZE child_execution"));
    assertClaimPlan();
  }

  private void assertClaimPlan() {
    List<String> plan =
        jdbi.inTransaction(handle -> {
          handle.attach(QueueStore.class).begin();
          return handle
              .createQuery("EXPLAIN " + QueueStore.CLAIM)
              .bind("step", 1L)
              .bind("node", 1L)
              .bind("fromServer", 0)
              .bind("perServer", 64)
              .bind("quota", 64)
              .mapTo(String.class)
              .list();
        });
    assertThat(plan)
        .noneMatch(line -> line.contains("Seq Scan on child_execution"))
        .noneMatch(line -> line.contains("Bitmap"))
        .noneMatch(line -> line.contains("Sort"))
        .noneMatch(line -> line.contains("Hash"))
        .anyMatch(line -> line.contains("child_execution_waiting"))
        .anyMatch(line -> line.contains("child_execution_running"));
  }

  private UUID runOf(ClaimedChild child) {
    return jdbi.onDemand(StopStore.class).runOf(child.stepExecutionId());
  }
}
