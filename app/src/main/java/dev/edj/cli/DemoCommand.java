package dev.edj.cli;

import dev.edj.demo.DemoSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edj demo`: the newcomer's first minute.
@Command(
    name = "demo",
    description = {
      "It starts a service and a PostgreSQL server in a new temporary directory, creates databases"
          + " there, and runs jobs on them with the commands it prints.",
      "Ctrl-C stops and removes everything."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  edj demo", "  edj demo --databases 200 --exit"})
final class DemoCommand implements Callable<Integer> {

  private static final int MOST_DATABASES = 1_000;

  private final Session session;

  @Option(
      names = "--databases",
      paramLabel = "NUMBER",
      defaultValue = "24",
      description = "How many databases to create, 1 to 1000 (default: 24).")
  private int databases;

  @Option(
      names = "--exit",
      description = "End with the story; the exit code is 0 only if all went as told.")
  private boolean exit;

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (databases < 1 || databases > MOST_DATABASES) {
      throw CommandException.badInput(
          "--databases is %d; it must be from 1 to %d".formatted(databases, MOST_DATABASES));
    }
    ServiceFinder given = session.serviceFinder();
    if (given.url() != null || given.dataDirectory() != null) {
      throw CommandException.badInput(
          "the demo has a service and a data directory of its own; leave --url and --data out");
    }
    return Demonstration.run(new DemoSettings(databases, exit, launcher()), session.terminal());
  }

  /// The launcher says what it was called; without it this jar was run by hand.
  private static String launcher() {
    String launcher = System.getProperty("edj.launcher");
    return launcher != null ? launcher : "java -jar " + System.getProperty("java.class.path");
  }
}
