package dev.edj.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The parameters that a job declares. One without a value has to be given at each start.
final class DeclaredOptions {

  @Option(
      names = "--param",
      paramLabel = "NAME[=VALUE]",
      description =
          "A script variable $(NAME) with its value; without one, to be given at each start;"
              + " repeatable.")
  private @Nullable List<String> parameters;

  @Option(
      names = "--secret-param",
      paramLabel = "NAME[=FILE]",
      description =
          "A variable whose value is stored and shown like a password, read from a file ('-':"
              + " standard input); without one, to be given at each start; repeatable.")
  private @Nullable List<String> secrets;

  @Nullable Map<String, @Nullable String> readable() {
    return parameters == null ? null : pairs(parameters);
  }

  @Nullable Map<String, @Nullable String> secret(Terminal terminal) {
    if (secrets == null) {
      return null;
    }
    Map<String, @Nullable String> values = pairs(secrets);
    values.replaceAll((name, file) -> file == null ? null : ValueOptions.read(file, terminal));
    return values;
  }

  private static Map<String, @Nullable String> pairs(List<String> texts) {
    Map<String, @Nullable String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      pairs.put(
          equals < 0 ? text : text.substring(0, equals),
          equals < 0 ? null : text.substring(equals + 1));
    }
    return pairs;
  }
}
