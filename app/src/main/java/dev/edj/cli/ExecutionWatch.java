package dev.edj.cli;

import dev.edj.execution.JobExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Waits for the end of executions and shows how far they are. The wait never touches them: when it
/// is given up, they go on.
final class ExecutionWatch {

  private static final int MOST_EXECUTIONS = 100;
  private static final int SECONDS_BETWEEN_DRAWINGS = 1;
  private static final int SECONDS_BETWEEN_LINES = 15;

  /// How long a service that has answered before may be away, such as for its restart.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ApiClient api;
  private final Terminal terminal;

  ExecutionWatch(ApiClient api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  /// @param any whether the end of one of them is enough
  /// @param timeout null means as long as it takes
  Answer<List<JobExecution>> untilEnded(List<String> ids, boolean any, @Nullable Duration timeout) {
    if (ids.size() > MOST_EXECUTIONS) {
      throw CommandException.badInput(
          "at most %d executions can be waited for at once".formatted(MOST_EXECUTIONS));
    }
    Instant deadline = timeout == null ? Instant.MAX : terminal.clock().instant().plus(timeout);
    ProgressBar progress = new ProgressBar(terminal);
    try (InterruptNotice _ = InterruptNotice.of(terminal, ids)) {
      return watch(ids, any, deadline, progress);
    } finally {
      progress.clear();
    }
  }

  /// How one that was just started ends.
  Answer<JobExecution> untilEnded(JobExecution started, @Nullable Duration timeout) {
    Answer<List<JobExecution>> ended = untilEnded(List.of(started.id().toString()), false, timeout);
    return new Answer<>(ended.json().path(0), ended.value().getFirst(), null);
  }

  /// What the wait's outcome means for a script, with a hint for a person.
  static ExitCode exitCode(List<JobExecution> waitedFor, Output output) {
    List<JobExecution> unsuccessful =
        waitedFor.stream()
            .filter(
                execution -> execution.lifecycle().ended() && !execution.lifecycle().succeeded())
            .toList();
    unsuccessful.forEach(execution ->
        output.note(
            "%s. See: edj execution log %s".formatted(execution.lifecycle(), execution.id())));
    return unsuccessful.isEmpty() ? ExitCode.DONE : ExitCode.NOT_SUCCEEDED;
  }

  private Answer<List<JobExecution>> watch(
      List<String> ids, boolean any, Instant deadline, ProgressBar progress) {
    Instant lastAnswer = Instant.MIN;
    while (true) {
      try {
        Answer<List<JobExecution>> standing =
            api.list(JobExecution.class, path(ids, any, seconds(deadline)));
        lastAnswer = terminal.clock().instant();
        progress.show(standing.value());
        if (isOver(standing.value(), any)) {
          return standing;
        }
        if (seconds(deadline) == 0) {
          throw timedOut(ids);
        }
      } catch (CommandException e) {
        if (!mayPass(e, lastAnswer)) {
          throw e;
        }
        Patience.pause(PAUSE);
      }
    }
  }

  private boolean mayPass(CommandException failure, Instant lastAnswer) {
    return failure.exitCode() == ExitCode.UNAVAILABLE
        && !lastAnswer.equals(Instant.MIN)
        && lastAnswer.plus(PATIENCE).isAfter(terminal.clock().instant());
  }

  private static ApiPath path(List<String> ids, boolean any, long seconds) {
    ApiPath path =
        ApiPath.of("executions", "wait")
            .with("mode", any ? "any" : "all")
            .with("timeoutSeconds", seconds);
    for (String id : ids) {
      path = path.with("id", id);
    }
    return path;
  }

  /// How long the service may hold the next request.
  private long seconds(Instant deadline) {
    long usual = terminal.errIsTerminal() ? SECONDS_BETWEEN_DRAWINGS : SECONDS_BETWEEN_LINES;
    if (deadline.equals(Instant.MAX)) {
      return usual;
    }
    long left = Duration.between(terminal.clock().instant(), deadline).toMillis();
    return left <= 0 ? 0 : Math.min(usual, (left + 999) / 1_000);
  }

  private static boolean isOver(List<JobExecution> executions, boolean any) {
    return any
        ? executions.stream().anyMatch(execution -> execution.lifecycle().ended())
        : executions.stream().allMatch(execution -> execution.lifecycle().ended());
  }

  private static CommandException timedOut(List<String> ids) {
    return new CommandException(
        ExitCode.WAIT_TIMED_OUT,
        "not ended in time; it goes on. Stop it with: edj execution stop " + String.join(" ", ids));
  }
}
