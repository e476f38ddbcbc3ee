package dev.edj.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.node.Nodes;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.target.Membership;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetChange;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which node launches a run, and what runs and children wait for, when servers require labels.
class ReachTest {

  private static final String EUROPE = "eu.example.com";
  private static final String AMERICA = "us.example.com";

  private TestControlDatabase database;
  private Fleet rows;
  private TestFleet features;
  private Executions executions;
  private RunStore runs;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    Jdbi jdbi = database.jdbi();
    features = new TestFleet(jdbi);
    executions = new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
    runs = jdbi.onDemand(RunStore.class);
    features.credential("app", "*");
    rows = new Fleet(jdbi);
    rows.job("j", "Default execution policy");
    features.content("script", "SELECT 1");
    server(EUROPE, "eu");
    server(AMERICA, "us");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRunIsLaunchedByANodeThatCanAskItsServer() {
    UUID run = start(EUROPE + "/*");
    assertThat(claimedBy(rows.node("none"))).isEmpty();
    assertThat(claimedBy(rows.node("other", "zone=us"))).isEmpty();
    assertThat(executions.named(run).waitingCause()).isEqualTo("no node with labels zone=eu");

    long near = rows.node("near", "zone=eu");
    assertThat(executions.named(run).waitingCause()).isEqualTo("waiting for a controller");
    assertThat(claimedBy(near)).containsExactly(run);
  }

  @Test
  void aRunOverSeveralServersIsLaunchedByANodeThatCanAskThemAll() {
    features.collection("inner");
    features.collection("world");
    features.targets.addChild("inner", EUROPE + "/*", Membership.Include);
    features.targets.addChild("world", "inner", Membership.Include);
    // What is excluded is asked for its databases, too.
    features.targets.addChild("world", AMERICA + "/*", Membership.Exclude);
    UUID run = start("world");
    assertThat(claimedBy(rows.node("eu", "zone=eu"))).isEmpty();
    assertThat(claimedBy(rows.node("us", "zone=us"))).isEmpty();
    assertThat(executions.named(run).waitingCause())
        .isEqualTo("no node with labels zone=eu, zone=us");
    assertThat(claimedBy(rows.node("both", "zone=eu", "zone=us"))).containsExactly(run);
  }

  @Test
  void aDatabaseIsNotAskedForSoAnyNodeLaunchesItsRun() {
    features.database(EUROPE, "sales");
    UUID run = start(EUROPE + "/sales");
    assertThat(claimedBy(rows.node("none"))).containsExactly(run);
  }

  @Test
  void aNodeThatIsToDrainLaunchesNothing() {
    long node = rows.node("n", "zone=eu");
    new Nodes(database.jdbi()).drain("n");
    UUID run = start(EUROPE + "/*");
    assertThat(claimedBy(node)).isEmpty();
    assertThat(executions.named(run).waitingCause()).isEqualTo("no controller");
    new Nodes(database.jdbi()).resume("n");
    assertThat(claimedBy(node)).containsExactly(run);
  }

  @Test
  void aChildThatNoNodeCanReachSaysWhichLabelsAreMissing() {
    rows.node("near", "zone=us");
    UUID run = rows.run("j", 1, EUROPE, AMERICA);
    assertThat(children(run))
        .extracting(JobExecution::server, JobExecution::waitingCause)
        .containsExactlyInAnyOrder(
            tuple(EUROPE, "no node with labels zone=eu"),
            tuple(AMERICA, "waiting for a free worker"));
  }

  @Test
  void aStepIsWorkedOnByNodesThatReachItsDestination() {
    UUID run = rows.run("j", 1, AMERICA);
    sendTo(EUROPE, run);
    Claims claims = new Claims(database.jdbi(), new Random(1));
    assertThat(claims.claim(rows.node("us", "zone=us"), 10, 0)).isEmpty();
    assertThat(children(run))
        .extracting(JobExecution::waitingCause)
        .containsExactly("no node with labels zone=eu, zone=us");
    assertThat(claims.claim(rows.node("both", "zone=eu", "zone=us"), 10, 0)).hasSize(1);
  }

  private void sendTo(String server, UUID run) {
    database
        .jdbi()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    UPDATE step_execution
                    SET results = 'Send', destination_database = 'd', destination_table = 't',
                        destination_server_id = (SELECT server_id FROM server WHERE name LIKE '%' || :server),
                        destination_credential_id = (SELECT min(credential_id) FROM credential),
                        destination_drift = 'Fail', destination_source_columns = false
                    WHERE execution_id = :run
                    """)
                .bind("server", server)
                .bind("run", run)
                .execute());
  }

  @Test
  void aNodeWithoutTheLabelsSaysSoInsteadOfDialling() {
    assertThatThrownBy(() -> features.targets.resolve(EUROPE + "/*", "app"))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE))
        .hasMessageContaining("requires the labels zone=eu, which this node does not have");
  }

  private void server(String name, String zone) {
    features.server(name);
    features.targets.update(
        name + "/*",
        new TargetChange(
            null,
            null,
            null,
            new ServerSettingsChange(null, null, null, null, null, null, Map.of("zone", zone))));
  }

  private UUID start(String target) {
    features.job("job", "script", "app", target);
    return executions.start("job", "test").id();
  }

  private List<UUID> claimedBy(long node) {
    return runs.claim(node, 10).stream().map(RunStore.ClaimedRun::executionId).toList();
  }

  private List<JobExecution> children(UUID run) {
    return executions
        .list(ExecutionFilter.page(100).parent(run).includeInactive().filter())
        .items();
  }
}
