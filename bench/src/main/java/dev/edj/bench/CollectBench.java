package dev.edj.bench;

import dev.edj.Wiring;
import dev.edj.content.NewContent;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.Destination;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.Membership;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Rows from many PostgreSQL databases into one table, two ways, one after the other in each round:
/// a job of EDJ with a destination, and the pipe that people build, `psql COPY … TO STDOUT | psql
/// COPY … FROM STDIN`, eight at once. Once with few large results, once with many small ones.
@Command(
    name = "collect",
    description = "EDJ against psql pipes, collecting rows of many databases in one table")
final class CollectBench implements Callable<Integer> {

  private static final String QUERY = "SELECT id, name, amount, at FROM measurement";
  private static final String COLUMNS =
      "id bigint, name text, amount numeric(12,2), at timestamptz";
  private static final String RESULTS = "results";
  private static final int CONNECTIONS = 32;
  private static final int PIPES = 8;

  /// A service runs for days: its code has long been compiled.
  private static final int WARM_UP_ROUNDS = 10;

  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Option(
      names = "--databases",
      defaultValue = "100",
      description = "how many databases with small results (${DEFAULT-VALUE})")
  private int databases;

  @Option(
      names = "--rows",
      defaultValue = "10",
      description = "how many rows a small result has (${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--large-databases",
      defaultValue = "8",
      description = "how many databases with large results (${DEFAULT-VALUE})")
  private int largeDatabases;

  @Option(
      names = "--large-rows",
      defaultValue = "250000",
      description = "how many rows a large result has (${DEFAULT-VALUE})")
  private int largeRows;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "how often each way is measured (${DEFAULT-VALUE})")
  private int rounds;

  /// Databases whose results are alike.
  private record Fleet(String name, int databases, int rows) {

    List<String> names() {
      return IntStream.rangeClosed(1, databases).mapToObj((name + "_%04d")::formatted).toList();
    }

    long total() {
      return (long) databases * rows;
    }
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Scratch.directory("edj-collect-bench");
    try (EmbeddedControlDatabase targets =
        EmbeddedControlDatabase.start(directory.resolve("targets"))) {
      TargetServer server = new TargetServer(targets.address());
      Fleet large = new Fleet("large", largeDatabases, largeRows);
      Fleet small = new Fleet("small", databases, rows);
      create(server, large);
      create(server, small);
      createResults(server);
      try (Wiring edj = Wiring.open(ServiceSettings.in(directory.resolve("edj")))) {
        edj.node().start();
        define(edj, server);
        for (Fleet fleet : List.of(large, small)) {
          defineJob(edj, server, fleet);
        }
        for (int round = 1; round <= WARM_UP_ROUNDS; round++) {
          timed(server, small, () -> collect(edj, small));
        }
        timed(server, large, () -> collect(edj, large));
        double ofLarge = measure(edj, server, large);
        double ofSmall = measure(edj, server, small);
        System.out.printf("edj/pipe large %.2f small %.2f%n", ofLarge, ofSmall);
      }
    } finally {
      Scratch.remove(directory);
    }
    return 0;
  }

  /// Returns how many times as fast as the pipes EDJ is.
  private double measure(Wiring edj, TargetServer server, Fleet fleet) throws Exception {
    List<Double> job = new ArrayList<>();
    List<Double> pipe = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      job.add(timed(server, fleet, () -> collect(edj, fleet)));
      pipe.add(timed(server, fleet, () -> pipe(server, fleet)));
      System.out.printf(
          "%s, round %d: edj %.2f s, pipe %.2f s%n",
          fleet.name(), round, job.getLast(), pipe.getLast());
    }
    System.out.printf(
        "%s: %,d rows from %d databases, median of %d rounds: edj %,.0f rows/s, pipe %,.0f rows/s%n",
        fleet.name(),
        fleet.total(),
        fleet.databases(),
        rounds,
        fleet.total() / Timing.median(job),
        fleet.total() / Timing.median(pipe));
    return Timing.median(pipe) / Timing.median(job);
  }

  private static double timed(TargetServer server, Fleet fleet, Timing.Work work) throws Exception {
    double seconds = Timing.seconds(work);
    try (Connection connection = connect(server, RESULTS);
        Statement statement = connection.createStatement()) {
      require(statement, fleet);
      statement.execute("TRUNCATE " + fleet.name());
      statement.execute("CHECKPOINT");
    }
    return seconds;
  }

  private static void require(Statement statement, Fleet fleet) throws SQLException {
    try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + fleet.name())) {
      count.next();
      if (count.getLong(1) != fleet.total()) {
        throw new IllegalStateException(
            "%d rows arrived, not %d".formatted(count.getLong(1), fleet.total()));
      }
    }
  }

  private static void collect(Wiring edj, Fleet fleet) throws Exception {
    JobExecution started = edj.executions().start(fleet.name(), "bench");
    JobExecution ended = edj.executions().await(List.of(started.id()), false, LIMIT).getFirst();
    if (ended.lifecycle() != Lifecycle.Succeeded) {
      throw new IllegalStateException("the job ended " + ended);
    }
  }

  private static void pipe(TargetServer server, Fleet fleet) throws Exception {
    String psql =
        "%s -X -q -v ON_ERROR_STOP=1 -h %s -p %s -U %s"
            .formatted(Psql.program(), server.host(), server.port(), server.user());
    ProcessBuilder xargs =
        new ProcessBuilder(
            "xargs",
            "-P",
            String.valueOf(PIPES),
            "-I",
            "{}",
            "sh",
            "-c",
            "%s -d {} -c 'COPY (%s) TO STDOUT' | %s -d %s -c 'COPY %s (id, name, amount, at) FROM STDIN'"
                .formatted(psql, QUERY, psql, RESULTS, fleet.name()));
    xargs.environment().put("PGPASSWORD", server.password());
    xargs.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    xargs.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = xargs.start();
    try (var names = process.outputWriter()) {
      for (String name : fleet.names()) {
        names.write(name + "\n");
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the pipes failed");
    }
  }

  private static void create(TargetServer server, Fleet fleet) throws SQLException {
    System.out.printf(
        "creating %d databases with %,d rows each ...%n", fleet.databases(), fleet.rows());
    List<String> names = fleet.names();
    execute(server, "postgres", "CREATE DATABASE " + names.getFirst());
    execute(
        server,
        names.getFirst(),
        "CREATE TABLE measurement (%s)".formatted(COLUMNS),
        """
        INSERT INTO measurement
        SELECT n, 'measurement number ' || n, n * 1.25, timestamptz '2026-01-01' + n * interval '1 second'
        FROM generate_series(1, %d) n
        """
            .formatted(fleet.rows()),
        "VACUUM FREEZE measurement");
    for (String name : names.subList(1, names.size())) {
      execute(
          server, "postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(name, names.getFirst()));
    }
  }

  /// The pipes' table is EDJ's, too; to it belongs the column that tells the executions apart.
  private static void createResults(TargetServer server) throws SQLException {
    execute(server, "postgres", "CREATE DATABASE " + RESULTS);
    for (String table : List.of("large", "small")) {
      execute(
          server,
          RESULTS,
          "CREATE TABLE %s (%s, internal_execution_id uuid)".formatted(table, COLUMNS),
          "CREATE INDEX \"IX_%s_Internal_Execution_ID\" ON %s (internal_execution_id)"
              .formatted(table, table));
    }
  }

  private static void execute(TargetServer server, String database, String... statements)
      throws SQLException {
    try (Connection connection = connect(server, database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect(TargetServer server, String database) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
  }

  private static void define(Wiring edj, TargetServer server) {
    edj.credentials()
        .create(
            new NewCredential(
                "bench", server.user(), server.password(), null, List.of(server.name())));
    edj.targets()
        .create(
            new NewTarget(
                TargetKind.Server,
                "bench",
                server.name(),
                null,
                "bench",
                null,
                new ServerSettingsChange(
                    TlsMode.DISABLE, null, null, null, null, CONNECTIONS, null)));
    edj.contents().create(new NewContent("bench", QUERY, null));
  }

  private static void defineJob(Wiring edj, TargetServer server, Fleet fleet) {
    edj.targets()
        .create(
            new NewTarget(TargetKind.CustomCollection, fleet.name(), null, null, null, null, null));
    for (String name : fleet.names()) {
      edj.targets()
          .create(new NewTarget(TargetKind.Database, name, server.name(), name, null, null, null));
      edj.targets().addChild(fleet.name(), name, Membership.Include);
    }
    NewJobStep step =
        NewJobStep.of("bench", "bench", fleet.name())
            .destination(
                new Destination(server.name(), RESULTS, null, fleet.name(), "bench", null, null))
            .build();
    edj.jobs().create(new NewJob(fleet.name(), null, List.of(step), null, Map.of()));
  }
}
