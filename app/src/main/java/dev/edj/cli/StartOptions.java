package dev.edj.cli;

import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import java.time.Duration;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is to be started of a job, for whatever purpose, and how long to wait for its end.
final class StartOptions {

  @Option(
      names = "--version",
      paramLabel = "NUMBER",
      description = "An older version of the job (default: the current one).")
  private @Nullable Integer version;

  @Mixin private final ValueOptions values = new ValueOptions();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "The longest wait; then the exit code is 6.")
  private @Nullable Duration timeout;

  NewExecution read(Terminal terminal, Purpose purpose) {
    return values.areGiven()
        ? new NewExecution(
            version,
            new HashMap<>(values.readable()),
            new HashMap<>(values.secret(terminal)),
            purpose)
        : new NewExecution(version, null, purpose);
  }

  @Nullable Duration timeout() {
    return timeout;
  }
}
