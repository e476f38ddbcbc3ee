package dev.edj.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Script variables as they are given on the command line: `name=value`.
final class Variables {

  private Variables() {}

  static Map<String, String> parse(String option, @Nullable List<String> pairs) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String pair : pairs == null ? List.<String>of() : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw CommandException.badInput("%s wants NAME=VALUE, not '%s'".formatted(option, pair));
      }
      variables.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return variables;
  }
}
