package dev.edj.job;

import dev.edj.execution.BuiltInVariables;
import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The limits of what a job says of itself.
final class JobRules {

  private static final int LONGEST_DESCRIPTION = 512;
  private static final int MOST_STEPS = 100;
  private static final int MOST_PARAMETERS = 1000;
  private static final int LONGEST_VALUE = 100_000;
  private static final String PARAMETERS = "parameters";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /// What scripts write for a dollar sign.
  private static final String DOLLAR = "dollar";

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

  /// Variables are found in scripts whatever their case, so names must differ in more than that.
  static Map<String, String> parameters(Map<String, String> parameters) {
    if (parameters.size() > MOST_PARAMETERS) {
      throw EdjException.invalid(PARAMETERS, "must be at most %,d".formatted(MOST_PARAMETERS));
    }
    Set<String> names = new HashSet<>();
    parameters.forEach((name, value) -> {
      checkParameter(name, value);
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw EdjException.invalid(PARAMETERS, "'%s' is there twice".formatted(name));
      }
    });
    return parameters;
  }

  private static void check(NewJobStep step) {
    if (step.name() != null) {
      Names.checked("step", step.name());
    }
    if (step.maxParallelism() != null && step.maxParallelism() < 1) {
      throw EdjException.invalid("maxParallelism", "must be at least 1");
    }
  }

  private static void checkParameter(String name, String value) {
    if (!VARIABLE.matcher(name).matches() || name.length() > Names.MAXIMUM_LENGTH) {
      throw EdjException.invalid(
          PARAMETERS,
          "'%s' is not the name of a variable: letters, digits, '_' and '-', at most 128, no digit"
                  .formatted(name)
              + " or '-' first");
    }
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (lowerCase.equals(DOLLAR) || BuiltInVariables.NAMES.contains(lowerCase)) {
      throw EdjException.invalid(PARAMETERS, "'%s' is built in".formatted(name));
    }
    if (value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0) {
      throw EdjException.invalid(
          PARAMETERS,
          "the value of '%s' must have at most %,d characters and no NUL"
              .formatted(name, LONGEST_VALUE));
    }
  }
}
