package dev.edj.execution;

import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of a job's parameters: script variables with their values.
public final class Parameters {

  private static final int MOST_PARAMETERS = 1000;
  private static final int LONGEST_VALUE = 100_000;
  private static final String PARAMETERS = "parameters";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /// What scripts write for a dollar sign.
  private static final String DOLLAR = "dollar";

  private Parameters() {}

  /// Variables are found in scripts whatever their case, so names must differ in more than that.
  public static Map<String, String> checked(Map<String, String> parameters) {
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

  /// Values given at a start, under the names that the job has for them.
  static Map<String, String> given(Map<String, String> values, List<String> declared, String job) {
    Map<String, String> names = new HashMap<>();
    declared.forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
    Map<String, String> given = new HashMap<>();
    checked(values)
        .forEach((name, value) -> {
          String known = names.get(name.toLowerCase(Locale.ROOT));
          if (known == null) {
            throw EdjException.invalid(
                PARAMETERS,
                "job '%s' has no parameter '%s'; it has %s"
                    .formatted(
                        job, name, declared.isEmpty() ? "none" : String.join(", ", declared)));
          }
          given.put(known, value);
        });
    return given;
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
