package dev.edj.bench;

import dev.edj.Wiring;
import dev.edj.content.NewContent;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The same work by what people use today and by EDJ: one script on many PostgreSQL databases of
/// one server, as many at once, in rounds that begin with another way each time. Then each is
/// killed in the middle, to see what that leaves.
@Command(
    name = "compare",
    description =
        "EDJ against xargs over psql, a shell loop, and a bare JDBC loop, on real PostgreSQL databases")
final class CompareBench implements Callable<Integer> {

  private static final String EDJ = "edj";
  private static final String BARE = "bare";
  private static final String XARGS = "xargs-psql";
  private static final String LOOP = "shell-loop";
  private static final String NAME = "compare";
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration GLANCE = Duration.ofMillis(20);

  @Option(
      names = "--databases",
      defaultValue = "500",
      description = "how many databases (${DEFAULT-VALUE})")
  private int databases;

  @Option(
      names = "--at-once",
      defaultValue = "8",
      description = "on how many of them each way works at once (${DEFAULT-VALUE})")
  private int atOnce;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "how often each way is measured (${DEFAULT-VALUE})")
  private int rounds;

  /// A service runs for days: its code has long been compiled. So has that of the bare loop.
  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "how often EDJ and the bare loop run before that (${DEFAULT-VALUE})")
  private int warmUpRounds;

  @Option(
      names = "--outage",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "whether each way is killed in the middle afterwards (yes)")
  private boolean outage;

  @Override
  public Integer call() throws Exception {
    Path directory = Scratch.directory("edj-compare-bench");
    try (EmbeddedControlDatabase targets =
        EmbeddedControlDatabase.start(directory.resolve("targets"))) {
      TargetServer target = new TargetServer(targets.address());
      createDatabases(target);
      ByHand byHand = new ByHand(target, Visits.SCRIPT, names(), atOnce, directory);
      measure(target, byHand, directory);
      if (outage) {
        kill(target, byHand, directory);
      }
    } finally {
      Scratch.remove(directory);
    }
    return 0;
  }

  private void createDatabases(TargetServer target) throws SQLException {
    System.out.printf("creating %d databases ...%n", databases);
    try (Connection connection =
            DriverManager.getConnection(target.address().url(), target.user(), target.password());
        Statement statement = connection.createStatement()) {
      for (String name : names()) {
        statement.execute("CREATE DATABASE " + name);
      }
    }
  }

  private List<String> names() {
    return IntStream.rangeClosed(1, databases).mapToObj("tenant_%04d"::formatted).toList();
  }

  // --- How long it takes

  private void measure(TargetServer target, ByHand byHand, Path directory) throws Exception {
    try (Wiring edj = Wiring.open(ServiceSettings.in(directory.resolve("edj")));
        BareLoop bare = BareLoop.start(target.address(), atOnce)) {
      edj.node().start();
      defineJob(edj, target);
      Map<String, Timing.Work> ways = new LinkedHashMap<>();
      ways.put(EDJ, () -> runJob(edj));
      ways.put(BARE, () -> bare.run(Visits.SCRIPT, names()));
      for (int round = 1; round <= warmUpRounds; round++) {
        for (Timing.Work way : ways.values()) {
          way.run();
        }
      }
      ways.put(XARGS, () -> byHand.run(ByHand.XARGS));
      ways.put(LOOP, () -> byHand.run(ByHand.LOOP));
      report(rounds(ways));
    }
  }

  private Map<String, List<Double>> rounds(Map<String, Timing.Work> ways) throws Exception {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    ways.keySet().forEach(way -> seconds.put(way, new ArrayList<>()));
    List<String> order = new ArrayList<>(ways.keySet());
    for (int round = 1; round <= rounds; round++) {
      for (String way : order) {
        Objects.requireNonNull(seconds.get(way))
            .add(Timing.seconds(Objects.requireNonNull(ways.get(way))));
      }
      int last = round - 1;
      System.out.printf("round %d: %s%n", round, text(seconds, times -> times.get(last)));
      Collections.rotate(order, 1);
    }
    return seconds;
  }

  private void report(Map<String, List<Double>> seconds) {
    System.out.printf(
        "median of %d rounds, %d databases, %d at once: %s%n",
        rounds, databases, atOnce, text(seconds, Timing::median));
    double edj = Timing.median(Objects.requireNonNull(seconds.get(EDJ)));
    for (String other : List.of(BARE, XARGS, LOOP)) {
      double median = Timing.median(Objects.requireNonNull(seconds.get(other)));
      System.out.printf("%s/edj %.2f%n", other, median / edj);
    }
  }

  private static String text(
      Map<String, List<Double>> seconds, ToDoubleFunction<List<Double>> which) {
    return seconds.entrySet().stream()
        .map(way -> "%s %.2f s".formatted(way.getKey(), which.applyAsDouble(way.getValue())))
        .collect(Collectors.joining(", "));
  }

  private void runJob(Wiring edj) {
    checkSucceeded(await(edj, edj.executions().start(NAME, NAME).id()));
  }

  private static JobExecution await(Wiring edj, UUID execution) {
    return edj.executions().await(List.of(execution), false, LIMIT).getFirst();
  }

  private void checkSucceeded(JobExecution ended) {
    if (ended.lifecycle() != Lifecycle.Succeeded || counts(ended).succeeded() != databases) {
      throw new IllegalStateException("the job ended " + ended);
    }
  }

  private static Counts counts(JobExecution execution) {
    return Objects.requireNonNull(execution.children());
  }

  private void defineJob(Wiring edj, TargetServer target) {
    String server = target.name();
    edj.credentials()
        .create(new NewCredential(NAME, target.user(), target.password(), null, List.of(server)));
    edj.targets()
        .create(
            new NewTarget(
                TargetKind.Server,
                NAME,
                server,
                null,
                NAME,
                null,
                new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null, atOnce, null)));
    edj.contents().create(new NewContent(NAME, Visits.SCRIPT, null));
    edj.jobs()
        .create(
            new NewJob(
                NAME, null, List.of(NewJobStep.of(NAME, NAME, NAME).build()), null, Map.of()));
  }

  // --- What an outage leaves

  /// Everything is killed when half of the databases are done. Then the service is started again,
  /// and the run goes on; the shell's lines are given once more, since nothing says where they
  /// were.
  private void kill(TargetServer target, ByHand byHand, Path directory) throws Exception {
    System.out.printf("killed when %d databases are done:%n", databases / 2);
    Visits.forget(target, names());
    killService(target, directory);
    for (String line : List.of(ByHand.XARGS, ByHand.LOOP)) {
      Visits.forget(target, names());
      byHand.killAfter(line, databases / 2);
      Visits left = Visits.in(target, names());
      byHand.run(line);
      System.out.printf(
          "  %s: left the script run %s, and no record of where; after the same line again: %s%n",
          line.equals(ByHand.XARGS) ? XARGS : LOOP, left.text(), Visits.in(target, names()).text());
    }
  }

  private void killService(TargetServer target, Path directory) throws Exception {
    Path own = directory.resolve("killed");
    try (EmbeddedControlDatabase control =
            EmbeddedControlDatabase.start(directory.resolve("control-database"));
        Wiring edj = Wiring.open(ServiceSettings.in(own).withControlDatabase(control.address()))) {
      defineJob(edj, target);
      try (ServiceProcess service =
          new ServiceProcess(directory.resolve("node"), own, control.address())) {
        UUID run = edj.executions().start(NAME, NAME).id();
        awaitHalf(edj, run);
        double seconds =
            Timing.seconds(() -> {
              service.killAndRestart();
              checkSucceeded(await(edj, run));
            });
        System.out.printf(
            "  %s: started again, and nothing else done, has all %d results %.1f s after the kill; the script ran %s%n",
            EDJ, databases, seconds, Visits.in(target, names()).text());
      }
    }
  }

  private void awaitHalf(Wiring edj, UUID run) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (counts(edj.executions().named(run)).ended() < databases / 2) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the service does not work on the run");
      }
      Thread.sleep(GLANCE);
    }
  }
}
