package dev.edj.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The limits of what a job says of itself.
final class JobRules {

  private static final int LONGEST_DESCRIPTION = 512;
  private static final int MOST_STEPS = 100;
  private static final int LONGEST_OPTION = 2_000;
  private static final String PUBLISH_OPTIONS = "publishOptions";

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

  static void requireNoPublishOptions(NewJobStep step) {
    if (step.publishOptions() != null && !step.publishOptions().isEmpty()) {
      throw EdjException.invalid(
          PUBLISH_OPTIONS,
          "content '%s' is a script; only a data-tier package has publish options"
              .formatted(step.content()));
    }
  }

  /// What does not go with a data-tier package.
  static void requireDeployment(NewJobStep step) {
    if (Boolean.TRUE.equals(step.exactlyOnce())) {
      throw EdjException.invalid(
          "exactlyOnce",
          "does not go with the data-tier package '%s': each attempt compares anew, and does what is left to do"
              .formatted(step.content()));
    }
    if (step.destination() != null) {
      throw EdjException.invalid(
          "destination",
          "the data-tier package '%s' returns no rows to send".formatted(step.content()));
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    requireNonNullElse(step.publishOptions(), Map.<String, String>of())
        .forEach((name, value) -> checkOption(names, name, value));
  }

  /// What they mean is looked at later.
  private static void checkOption(Set<String> names, String name, @Nullable String value) {
    if (name.isBlank() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw EdjException.invalid(PUBLISH_OPTIONS, "'%s' is no option's name".formatted(name));
    }
    if (!names.add(name)) {
      throw EdjException.invalid(PUBLISH_OPTIONS, "%s is given twice".formatted(name));
    }
    if (value == null || value.length() > LONGEST_OPTION || value.indexOf('\0') >= 0) {
      throw EdjException.invalid(
          PUBLISH_OPTIONS,
          "%s must be given a value of at most %,d characters".formatted(name, LONGEST_OPTION));
    }
  }

  private static NewJobStep checked(NewJobStep step) {
    if (step.name() != null) {
      Names.checked("step", step.name());
    }
    if (step.maxParallelism() != null && step.maxParallelism() < 1) {
      throw EdjException.invalid("maxParallelism", "must be at least 1");
    }
    Destination destination = step.destination();
    return step.change()
        .results(results(step))
        .destination(destination == null ? null : destination.checked())
        .build();
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
