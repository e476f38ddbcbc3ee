package dev.edj.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What people do by hand: a line of shell that starts PostgreSQL's own client for each database,
/// so many at once.
final class ByHand {

  /// The client tells what the script returns, one line for each database.
  private static final String PSQL = "\"$PSQL\" -X -q -t -A -v ON_ERROR_STOP=1 -f \"$SCRIPT\" -d ";

  static final String XARGS = "xargs -P \"$AT_ONCE\" -I {} " + PSQL + "{} < \"$NAMES\"";

  static final String LOOP =
      """
      started=0
      while read -r name; do
        %s"$name" &
        started=$((started + 1))
        [ $((started %% AT_ONCE)) -ne 0 ] || wait
      done < "$NAMES"
      wait
      """
          .formatted(PSQL);

  private final TargetServer target;
  private final Path script;
  private final Path names;
  private final int atOnce;

  ByHand(TargetServer target, String script, List<String> names, int atOnce, Path directory)
      throws IOException {
    this.target = target;
    this.script = Files.writeString(directory.resolve("script.sql"), script);
    this.names = Files.write(directory.resolve("names"), names);
    this.atOnce = atOnce;
  }

  void run(String line) throws IOException, InterruptedException {
    Process shell = start(line, ProcessBuilder.Redirect.DISCARD);
    if (shell.waitFor() != 0) {
      throw new IllegalStateException("a script failed on some database");
    }
  }

  /// Kills all that the line started, as an outage does, once so many databases are done.
  void killAfter(String line, int databases) throws IOException, InterruptedException {
    Process shell = start(line, ProcessBuilder.Redirect.PIPE);
    try (BufferedReader lines = shell.inputReader()) {
      for (int done = 0; done < databases; done++) {
        if (lines.readLine() == null) {
          throw new IllegalStateException("it ended after %d databases".formatted(done));
        }
      }
      new ProcessBuilder("kill", "-KILL", "--", "-" + shell.pid()).inheritIO().start().waitFor();
    }
    shell.waitFor();
  }

  /// In a process group of its own, whose number is the process's.
  private Process start(String line, ProcessBuilder.Redirect output) throws IOException {
    ProcessBuilder shell = new ProcessBuilder("setsid", "sh", "-c", line);
    shell
        .environment()
        .putAll(
            Map.of(
                "PSQL", Psql.program(),
                "SCRIPT", script.toString(),
                "NAMES", names.toString(),
                "AT_ONCE", Integer.toString(atOnce),
                "PGHOST", target.host(),
                "PGPORT", target.port(),
                "PGUSER", target.user(),
                "PGPASSWORD", target.password(),
                "PGOPTIONS", "-c client_min_messages=warning"));
    return shell.redirectOutput(output).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
