package dev.edj.cli;

import dev.edj.schedule.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A trigger by what it binds: a job and its schedule, or a job and the one before it.
final class TriggerName {

  static final String NOUN = "triggers";

  @Parameters(index = "0", paramLabel = "JOB", description = "The job that is started.")
  private String job = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SCHEDULE",
      description = "The schedule that starts it.")
  private @Nullable String schedule;

  @Option(
      names = "--after",
      paramLabel = "JOB",
      description = "Instead of a schedule: the job whose ends start it.")
  private @Nullable String after;

  String job() {
    return job;
  }

  @Nullable String schedule() {
    return schedule;
  }

  @Nullable String after() {
    return after;
  }

  /// Asks the service for the trigger's own path.
  ApiPath find(ApiClient api) {
    refuseBoth();
    List<Trigger> found =
        api.list(
                Trigger.class,
                ApiPath.of(NOUN).with("job", job).with("schedule", schedule).with("after", after))
            .value();
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "job '%s' has no trigger for %s"
              .formatted(
                  job, after == null ? "schedule '" + schedule + "'" : "job '" + after + "'"));
    }
    return ApiPath.of(NOUN, String.valueOf(found.getFirst().id()));
  }

  void refuseBoth() {
    if ((schedule == null) == (after == null)) {
      throw CommandException.badInput("name a SCHEDULE, or a job with --after, and not both");
    }
  }
}
