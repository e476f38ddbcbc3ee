package dev.edj.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.edj.content.Contents;
import dev.edj.content.NewContent;
import dev.edj.content.PackageFetch;
import dev.edj.content.Packages;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Fleet;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.RunStore;
import dev.edj.execution.TaskExecution;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.Jobs;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.outward.AllowedHosts;
import dev.edj.testing.GivenDeployer;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that deploy a data-tier package, up to their children.
class LaunchDacpacTest {

  private static final byte[] PACKAGE = dev.edj.dacpac.Packages.ofNothing().bytes();

  private final GivenDeployer deployer = new GivenDeployer();
  private final AtomicInteger asked = new AtomicInteger();

  @TempDir private Path directory;
  private volatile int status = 200;
  private HttpServer server;
  private TestControlDatabase database;
  private TestFleet features;
  private Contents contents;
  private Jobs jobs;
  private Executions executions;
  private RunStore runs;
  private Launch launch;
  private long node;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/made.dacpac",
        exchange -> {
          try (exchange) {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(status, status == 200 ? PACKAGE.length : -1);
            if (status == 200) {
              exchange.getResponseBody().write(PACKAGE);
            }
          }
        });
    server.start();
    database = TestControlDatabase.create();
    Jdbi jdbi = database.jdbi();
    features = new TestFleet(jdbi);
    features.credential("app", "*");
    Packages packages = new Packages(jdbi, deployer, directory);
    PackageFetch fetch = new PackageFetch(AllowedHosts.parse(List.of(place())), packages);
    contents = new Contents(jdbi, packages, fetch);
    jobs = new Jobs(jdbi, packages);
    TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
    executions = new Executions(jdbi, ids, new EndSignal());
    runs = jdbi.onDemand(RunStore.class);
    launch = new Launch(jdbi, features.resolver, fetch, ids);
    node = new Fleet(jdbi).node("n");
  }

  @AfterEach
  void close() {
    server.stop(0);
    database.close();
  }

  @Test
  void aPackageIsFetchedOnceForAllStepsAndItsHashIsPinned() {
    contents.create(new NewContent("fetched", null, null, place() + "/made.dacpac?sig=secret"));
    UUID run = start("sql.example.com", "fetched", "fetched");
    launch();
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.WaitingForChildJobExecutions);
    assertThat(asked).hasValue(1);
    List<String> pinned = pinned(run);
    assertThat(pinned).hasSize(2);
    assertThat(pinned.getFirst()).matches("[0-9a-f]{64}").isEqualTo(pinned.getLast());
    assertThat(executions.tasks(run).getFirst())
        .extracting(TaskExecution::type, TaskExecution::lifecycle)
        .containsExactly(TaskType.ScriptSplit, Lifecycle.Succeeded);
    assertThat(executions.tasks(run).getFirst().message())
        .contains("step 'JobStep': package made 1.2.0.0, SHA-256 " + pinned.getFirst())
        .doesNotContain("secret");
    start("sql.example.com", "fetched");
    launch();
    assertThat(asked).as("each run fetches anew").hasValue(2);
  }

  @Test
  void aServerThatIsBusyIsAskedAgainAndAPackageThatIsGoneIsNot() {
    contents.create(new NewContent("fetched", null, null, place() + "/made.dacpac"));
    status = 503;
    UUID run = start("sql.example.com", "fetched");
    launch();
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(executions.named(run).message()).contains("status 503");
    assertThat(pinned(run)).containsExactly((String) null);
    executions.stop(run);
    status = 404;
    UUID gone = start("sql.example.com", "fetched");
    launch();
    assertThat(executions.named(gone).lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(executions.named(gone).message()).contains("status 404");
  }

  @Test
  void whatWasFetchedIsNotFetchedAgainWhenTheLaunchIsTriedAgain() {
    contents.create(new NewContent("fetched", null, null, place() + "/made.dacpac"));
    UUID run = start("sql.example.com", "fetched");
    String sha256 = keptAlready();
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("UPDATE step_execution SET package_sha256 = ?", sha256));
    launch();
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.WaitingForChildJobExecutions);
    assertThat(asked).hasValue(0);
  }

  @Test
  void aTargetWithoutASqlServerIsRefusedBeforeAnythingIsFetched() {
    contents.create(new NewContent("fetched", null, null, place() + "/made.dacpac"));
    UUID run = start("postgresql://p", "fetched");
    launch();
    JobExecution refused = executions.named(run);
    assertThat(refused.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(refused.message())
        .contains("only SQL Server and Azure SQL Database can take", "Nothing was done");
    assertThat(asked).hasValue(0);
  }

  @Test
  void aVariableWithoutAValueAndAPackageThatIsNotHandledTouchNoDatabase() throws IOException {
    contents.createDacpac(
        "variables",
        new ByteArrayInputStream(
            dev.edj.dacpac.Packages.ofNothing()
                .model(
                    """
                    <?xml version="1.0" encoding="utf-8"?>
                    <DataSchemaModel FileFormatVersion="1.2" SchemaVersion="2.9"
                        DspName="Microsoft.Data.Tools.Schema.Sql.Sql130DatabaseSchemaProvider"
                        CollationLcid="1033" CollationCaseSensitive="False"
                        xmlns="http://schemas.microsoft.com/sqlserver/dac/Serialization/2012/02">
                      <Header><CustomData Category="SqlCmdVariables" Type="SqlCmdVariable">
                        <Metadata Name="Tenant" Value=""/></CustomData></Header>
                      <Model/>
                    </DataSchemaModel>
                    """)
                .bytes()),
        null);
    UUID missing = start("sql.example.com", "variables");
    launch();
    assertThat(executions.named(missing))
        .extracting(JobExecution::lifecycle, JobExecution::message)
        .containsExactly(
            Lifecycle.Failed,
            "the package wants a value for Tenant; give the job a parameter of that name. Nothing was done.");
    UUID given = start(Map.of("tenant", "one"), "sql.example.com", "variables");
    launch();
    assertThat(executions.named(given).lifecycle())
        .isEqualTo(Lifecycle.WaitingForChildJobExecutions);
    UUID refused = start(Map.of("tenant", "one"), "sql.example.com", "variables");
    deployer.refuses("SqlAssembly [a] is not handled");
    launch();
    assertThat(executions.named(refused).lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(executions.named(refused).message()).contains("SqlAssembly [a] is not handled");
  }

  private String keptAlready() {
    try {
      contents.createDacpac("kept", new ByteArrayInputStream(PACKAGE), null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Objects.requireNonNull(contents.version("kept", null).sha256());
  }

  private List<@Nullable String> pinned(UUID run) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT package_sha256 FROM step_execution WHERE execution_id = :run ORDER BY step_id")
                .bind("run", run)
                .mapTo(String.class)
                .list());
  }

  private UUID start(String server, String... contentOfSteps) {
    return start(Map.of(), server, contentOfSteps);
  }

  private UUID start(
      Map<String, @Nullable String> parameters, String server, String... contentOfSteps) {
    String name = "j-" + UUID.randomUUID();
    features.database(server, name);
    List<NewJobStep> steps = new ArrayList<>();
    for (String content : contentOfSteps) {
      steps.add(NewJobStep.of(content, "app", server + "/" + name).build());
    }
    jobs.create(new NewJob(name, null, steps, null, parameters));
    return executions.start(name, "test").id();
  }

  private void launch() {
    launch.perform(runs.claim(node, 1).getFirst(), node);
  }

  private String place() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
