package dev.edj.bench;

import dev.edj.Wiring;
import dev.edj.content.NewContent;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// One script on many PostgreSQL databases, three ways, one after the other in each round: EDJ's
/// durable job, a bare JDBC loop on virtual threads with as many connections that records nothing
/// (in a process of its own, as people run it), and `xargs -P 8` over psql, which is what people do
/// by hand.
@Command(
    name = "fan-out",
    description =
        "EDJ against a bare JDBC loop and against xargs over psql, on real PostgreSQL databases")
final class FanOutBench implements Callable<Integer> {

  private static final String SCRIPT =
      """
      CREATE TABLE IF NOT EXISTS visit (visit_id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT now());
      INSERT INTO visit DEFAULT VALUES;
      SELECT count(*) FROM visit;
      """;

  private static final int CONNECTIONS = 32;

  /// A service runs for days: its code has long been compiled. So has that of the loop.
  private static final int WARM_UP_ROUNDS = 20;

  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Option(
      names = "--databases",
      defaultValue = "200",
      description = "how many databases (${DEFAULT-VALUE})")
  private int databases;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "how often each way is measured (${DEFAULT-VALUE})")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    Path directory = Scratch.directory("edj-fan-out-bench");
    try (EmbeddedControlDatabase targets =
        EmbeddedControlDatabase.start(directory.resolve("targets"))) {
      TargetServer target = new TargetServer(targets.address());
      createDatabases(target);
      Path script = Files.writeString(directory.resolve("script.sql"), SCRIPT);
      try (Wiring edj = Wiring.open(ServiceSettings.in(directory.resolve("edj")));
          BareLoop bare = BareLoop.start(target.address(), CONNECTIONS)) {
        edj.node().start();
        defineJob(edj, target);
        measure(edj, bare, target, script);
      }
    } finally {
      Scratch.remove(directory);
    }
    return 0;
  }

  private void measure(Wiring edj, BareLoop bareLoop, TargetServer target, Path script)
      throws Exception {
    for (int round = 1; round <= WARM_UP_ROUNDS; round++) {
      runJob(edj);
      runBare(bareLoop);
    }
    List<Double> job = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> xargs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      job.add(Timing.seconds(() -> runJob(edj)));
      bare.add(Timing.seconds(() -> runBare(bareLoop)));
      xargs.add(Timing.seconds(() -> runXargs(target, script)));
      System.out.printf(
          "round %d: edj %.2f s, bare %.2f s, xargs-psql %.2f s%n",
          round, job.getLast(), bare.getLast(), xargs.getLast());
    }
    System.out.printf(
        "median of %d rounds, %d databases: edj %.2f s, bare %.2f s, xargs-psql %.2f s%n",
        rounds, databases, Timing.median(job), Timing.median(bare), Timing.median(xargs));
    System.out.printf("edj/bare %.2f%n", Timing.median(bare) / Timing.median(job));
    System.out.printf("xargs-psql/edj %.2f%n", Timing.median(xargs) / Timing.median(job));
  }

  private void runJob(Wiring edj) {
    JobExecution started = edj.executions().start("bench", "bench");
    JobExecution ended = edj.executions().await(List.of(started.id()), false, LIMIT).getFirst();
    int succeeded = Objects.requireNonNull(ended.children()).succeeded();
    if (ended.lifecycle() != Lifecycle.Succeeded || succeeded != databases) {
      throw new IllegalStateException("the job ended " + ended);
    }
  }

  private void runBare(BareLoop bareLoop) throws IOException {
    bareLoop.run(SCRIPT, names().toList());
  }

  private void runXargs(TargetServer target, Path script) throws IOException, InterruptedException {
    ProcessBuilder xargs =
        new ProcessBuilder(
            "xargs",
            "-P",
            "8",
            "-I",
            "{}",
            Psql.program(),
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            target.host(),
            "-p",
            target.port(),
            "-U",
            target.user(),
            "-d",
            "{}",
            "-f",
            script.toString());
    xargs.environment().put("PGPASSWORD", target.password());
    xargs.environment().put("PGOPTIONS", "-c client_min_messages=warning");
    xargs.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    xargs.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = xargs.start();
    try (var names = process.outputWriter()) {
      for (String name : names().toList()) {
        names.write(name + "\n");
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("xargs over psql failed");
    }
  }

  private void createDatabases(TargetServer target) throws Exception {
    System.out.printf("creating %d databases ...%n", databases);
    try (Connection connection =
            DriverManager.getConnection(target.address().url(), target.user(), target.password());
        Statement statement = connection.createStatement()) {
      for (String name : names().toList()) {
        statement.execute("CREATE DATABASE " + name);
      }
    }
  }

  private void defineJob(Wiring edj, TargetServer target) {
    String server = target.name();
    edj.credentials()
        .create(
            new NewCredential("bench", target.user(), target.password(), null, List.of(server)));
    edj.targets()
        .create(
            new NewTarget(
                TargetKind.Server,
                "bench",
                server,
                null,
                "bench",
                null,
                new ServerSettingsChange(
                    TlsMode.DISABLE, null, null, null, null, CONNECTIONS, null)));
    edj.contents().create(new NewContent("bench", SCRIPT, null));
    edj.jobs()
        .create(
            new NewJob(
                "bench",
                null,
                List.of(NewJobStep.of("bench", "bench", "bench").build()),
                null,
                Map.of()));
  }

  private Stream<String> names() {
    return IntStream.rangeClosed(1, databases).mapToObj("tenant_%04d"::formatted);
  }
}
