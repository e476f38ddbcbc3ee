package dev.edj.cli;

import static java.util.Objects.requireNonNull;

import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Purpose;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Goes once through what most commands do, without a service and without a trace, so that the
/// launcher can keep the classes they load ready for the next start (a JDK's AOT cache).
@Command(name = "rehearse", hidden = true)
final class Rehearsal implements Runnable {

  /// As often as it takes until nothing new is loaded.
  private static final int RUNS = 3;

  @Option(
      names = "--service",
      paramLabel = "DIRECTORY",
      description =
          "Rehearses the service and its first executions, with its data in this directory, instead.")
  private @Nullable Path serviceDirectory;

  @Override
  public void run() {
    Path data = serviceDirectory;
    if (data != null) {
      Serve.rehearse(data, () -> rehearseJob(data));
    } else {
      rehearseCommands();
    }
  }

  /// A service that was just started has its first execution sooner, too. Its database is on a
  /// server that goes with it.
  private static void rehearseJob(Path data) {
    Path directory = data.resolve("target");
    Path programs = data.resolve("control-database");
    try (EmbeddedControlDatabase target =
        EmbeddedControlDatabase.startForDeletion(directory, programs)) {
      String url = target.address().url();
      String server = url.substring("jdbc:".length(), url.lastIndexOf('/'));
      Cli cli = new Cli(silent(Map.of("EDJ_DATA", data.toString())));
      String user = requireNonNull(target.address().user());
      String file = directory.resolve("password").toString();
      done(
          cli,
          "credential",
          "create",
          "c",
          "--user",
          user,
          "--server",
          server,
          "--password-file",
          file);
      done(cli, "target", "create", "server", server, "--credential", "c", "--tls", "disable");
      done(cli, "target", "create", "database", server, "postgres", "--name", "t");
      done(cli, "content", "create", "s", "--text", "SELECT 1");
      done(cli, "job", "create", "j", "--content", "s", "--credential", "c", "--target", "t");
      for (int run = 0; run < RUNS; run++) {
        done(cli, "job", "start", "j", "--wait");
      }
      done(cli, "execution", "list", "--all");
    }
  }

  /// What is left out would be missing in the cache, and nobody would know.
  private static void done(Cli cli, String... words) {
    int exitCode = cli.run(words);
    if (exitCode != ExitCode.DONE.number()) {
      throw new IllegalStateException(
          "'%s' ended with %d".formatted(String.join(" ", words), exitCode));
    }
  }

  private static void rehearseCommands() {
    Cli cli = new Cli(silent(Map.of()));
    // Nobody listens on port 9 here; if somebody did, a list changes nothing.
    List.of(
            "--help",
            "job create --help",
            "content split --text SELECT --output json",
            "execution list --url http://127.0.0.1:9")
        .forEach(line -> cli.run(line.split(" ")));
    JsonMapper mapper = Json.mapper();
    String json = mapper.writeValueAsString(execution());
    JobExecution read = mapper.treeToValue(mapper.readTree(json), JobExecution.class);
    ExecutionViews.details(read).render(true);
    ExecutionViews.table(List.of(read)).render(true);
  }

  private static Terminal silent(Map<String, String> environment) {
    return new Terminal(
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        true,
        true,
        environment,
        Path.of(""),
        Clock.systemUTC());
  }

  private static JobExecution execution() {
    return new JobExecution(
        new UUID(0, 0),
        null,
        "job",
        1,
        Purpose.Run,
        null,
        "step",
        "content",
        1,
        "credential",
        "policy",
        "target",
        null,
        null,
        null,
        null,
        Lifecycle.Succeeded,
        null,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        false,
        "",
        null,
        null,
        null,
        null,
        Counts.NONE,
        null);
  }
}
