package dev.edj.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.execution.Claims;
import dev.edj.execution.Fleet;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodesTest {

  private TestControlDatabase database;
  private Jdbi jdbi;
  private Nodes nodes;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    nodes = new Nodes(jdbi);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aNodeIsShownAsItRegistered() {
    NodeLease lease =
        NodeLease.register(
            jdbi,
            new NodeProfile(
                "n",
                Duration.ofSeconds(7),
                EnumSet.of(NodeRole.WORKER, NodeRole.CONTROLLER),
                Set.of("zone=us", "zone=eu"),
                "1.2"));
    ServiceNode node = nodes.named("n");
    assertThat(node.id()).isEqualTo(lease.nodeId());
    assertThat(node.lifecycle()).isEqualTo(NodeLifecycle.Active);
    assertThat(node.roles()).containsExactlyInAnyOrder(NodeRole.WORKER, NodeRole.CONTROLLER);
    assertThat(node.labels()).containsExactly("zone=eu", "zone=us");
    assertThat(node.version()).isEqualTo("1.2");
    assertThat(node.lease()).isEqualTo(Duration.ofSeconds(7));
    assertThat(node.lastHeartbeatAt()).isEqualTo(node.startedAt());
    assertThat(node.stoppedAt()).isNull();
    assertThat(node.inProgress()).isZero();
    assertThat(node.children()).isEmpty();
    assertThat(nodes.named(Long.toString(lease.nodeId()))).isEqualTo(node);
  }

  @Test
  void aNodeShowsWhatItRuns() {
    Fleet fleet = new Fleet(jdbi);
    fleet.server("s", 10);
    fleet.job("j", "Default execution policy");
    UUID run = fleet.run("j", 3, "s");
    long busy = fleet.node("busy");
    fleet.node("idle");
    new Claims(jdbi, new Random(1)).claim(busy, 2, 0);
    assertThat(nodes.list(false))
        .extracting(ServiceNode::name, ServiceNode::inProgress)
        .containsExactly(tuple("idle", 0), tuple("busy", 2));
    assertThat(nodes.named("busy").children())
        .hasSize(2)
        .allSatisfy(child -> {
          assertThat(child.parentId()).isEqualTo(run);
          assertThat(child.job()).isEqualTo("j");
          assertThat(child.server()).isEqualTo("s");
          assertThat(child.attempt()).isEqualTo(1);
        });
  }

  @Test
  void aNodeThatIsGoneSaysHowAndTakesNoOrders() {
    NodeLease stopped = lease("stopped");
    stopped.release();
    NodeLease lost = lease("lost");
    silence(lost, "1 minute");
    assertThat(nodes.named("stopped").lifecycle()).isEqualTo(NodeLifecycle.Stopped);
    assertThat(nodes.named("stopped").stoppedAt()).isNotNull();
    assertThat(nodes.named("lost").lifecycle()).isEqualTo(NodeLifecycle.Lost);
    assertThatThrownBy(() -> nodes.drain("lost"))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NODE_GONE))
        .hasMessage("node 'lost' is Lost and takes no orders");
    assertThatThrownBy(() -> nodes.resume("stopped")).hasMessageContaining("is Stopped");
    assertThatThrownBy(() -> nodes.drain("never")).hasMessage("node 'never' does not exist");
  }

  @Test
  void thoseAliveComeFirstAndThoseLongGoneOnlyWhenAskedFor() {
    lease("alive");
    silence(lease("lost"), "1 hour");
    silence(lease("long gone"), "2 days");
    assertThat(nodes.list(false)).extracting(ServiceNode::name).containsExactly("alive", "lost");
    assertThat(nodes.list(true))
        .extracting(ServiceNode::name)
        .containsExactly("alive", "long gone", "lost");
  }

  @Test
  void aNameMeansTheNodeThatIsAlive() {
    NodeLease alive = lease("same");
    lease("same").release();
    assertThat(nodes.named("same").id()).isEqualTo(alive.nodeId());
  }

  @Test
  void aDrainedNodeHearsItAtItsHeartbeatAndStaysDrainedUnderANewId() {
    NodeLease lease = lease("n");
    assertThat(lease.mayClaim()).isTrue();
    nodes.drain("n");
    lease.perform();
    assertThat(lease.mayClaim()).isFalse();
    assertThat(lease.trusted()).isTrue();

    silence(lease, "1 minute");
    lease.perform();
    assertThat(nodes.named("n").lifecycle()).isEqualTo(NodeLifecycle.Draining);

    nodes.resume("n");
    lease.perform();
    assertThat(lease.mayClaim()).isTrue();
  }

  @Test
  void aNodeThatWasCutOffWhenItWasDrainedIsDrainedWhenItComesBack() {
    NodeLease lease = lease("n");
    nodes.drain("n");
    silence(lease, "1 minute");
    lease.perform(); // registers anew
    lease.perform();
    assertThat(lease.mayClaim()).isFalse();
    assertThat(nodes.named(Long.toString(lease.nodeId())).lifecycle())
        .isEqualTo(NodeLifecycle.Draining);
  }

  @Test
  void aDrainedNodeThatIsStartedAgainIsActive() {
    lease("n");
    nodes.drain("n");
    NodeLease again = lease("n");
    assertThat(again.mayClaim()).isTrue();
    assertThat(nodes.named(Long.toString(again.nodeId())).lifecycle())
        .isEqualTo(NodeLifecycle.Active);
  }

  private NodeLease lease(String name) {
    return NodeLease.register(jdbi, NodeProfile.of(name, Duration.ofSeconds(10)));
  }

  private void silence(NodeLease lease, String duration) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE node SET heartbeat_at = now() - CAST(? AS interval) WHERE node_id = ?",
            duration,
            lease.nodeId()));
  }
}
