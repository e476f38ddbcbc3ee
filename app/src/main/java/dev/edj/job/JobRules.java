package dev.edj.job;

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

  static List<NewJobStep> steps(List<NewJobStep> steps) {
    if (steps.isEmpty()) {
      throw EdjException.invalid("steps", "a job needs at least one");
    }
    if (steps.size() > MOST_STEPS) {
      throw EdjException.invalid("steps", "must be at most %d".formatted(MOST_STEPS));
    }
    steps.forEach(JobRules::check);
    return steps;
  }

  private static void check(NewJobStep step) {
    if (step.name() != null) {
      Names.checked("step", step.name());
    }
    if (step.maxParallelism() != null && step.maxParallelism() < 1) {
      throw EdjException.invalid("maxParallelism", "must be at least 1");
    }
  }
}
