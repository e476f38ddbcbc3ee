package dev.edj.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import java.util.List;

/// The limits of what a job says of itself.
final class JobRules {

  private static final int LONGEST_DESCRIPTION = 512;
  private static final int MOST_STEPS = 100;

  private JobRules() {}

  static String description(String description) {
    if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION) {
      throw EdjException.invalid(
          "description", "must have at most %d characters".formatted(LONGEST_DESCRIPTION));
    }
    if (description.indexOf('\0') >= 0) {
      throw EdjException.invalid("description", "must not hold NUL characters");
    }
    return description;
  }

  /// The steps with what they leave out about their results.
  static List<NewJobStep> steps(List<NewJobStep> steps) {
    if (steps.isEmpty()) {
      throw EdjException.invalid("steps", "a job needs at least one");
    }
    if (steps.size() > MOST_STEPS) {
      throw EdjException.invalid("steps", "must be at most %d".formatted(MOST_STEPS));
    }
    return steps.stream().map(JobRules::checked).toList();
  }

  private static NewJobStep checked(NewJobStep step) {
    if (step.name() != null) {
      Names.checked("step", step.name());
    }
    if (step.maxParallelism() != null && step.maxParallelism() < 1) {
      throw EdjException.invalid("maxParallelism", "must be at least 1");
    }
    Destination destination = step.destination();
    return step.returning(results(step), destination == null ? null : destination.checked());
  }

  private static ResultMode results(NewJobStep step) {
    if (step.destination() == null) {
      ResultMode mode = requireNonNullElse(step.results(), ResultMode.Keep);
      if (mode == ResultMode.Send) {
        throw EdjException.invalid("destination", "must be given where results are to be sent");
      }
      return mode;
    }
    ResultMode mode = requireNonNullElse(step.results(), ResultMode.Send);
    if (mode != ResultMode.Send) {
      throw EdjException.invalid(
          "results", "is %s, but there is a destination; leave out one of the two".formatted(mode));
    }
    return mode;
  }
}
