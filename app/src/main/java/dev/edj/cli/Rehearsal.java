package dev.edj.cli;

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

  @Option(
      names = "--service",
      paramLabel = "DIRECTORY",
      description = "Rehearses the start of the service, with its data in this directory, instead.")
  private @Nullable Path serviceDirectory;

  @Override
  public void run() {
    if (serviceDirectory != null) {
      Serve.rehearse(serviceDirectory);
    } else {
      rehearseCommands();
    }
  }

  private static void rehearseCommands() {
    Cli cli = new Cli(silent());
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

  private static Terminal silent() {
    return new Terminal(
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        true,
        true,
        Map.of(),
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
