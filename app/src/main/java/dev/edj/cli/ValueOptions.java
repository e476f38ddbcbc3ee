package dev.edj.cli;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Values of script variables. A secret one is never read from the command line, which everybody on
/// the machine can read.
final class ValueOptions {

  private static final String PARAM = "--param";
  private static final String SECRET = "--secret-param";

  @Option(
      names = PARAM,
      paramLabel = "NAME=VALUE",
      description = "The value of a script variable $(NAME); repeatable.")
  private @Nullable List<String> parameters;

  @Option(
      names = SECRET,
      paramLabel = "NAME[=FILE]",
      description =
          "A variable whose value is stored and shown like a password, read from a file ('-':"
              + " standard input) or asked for; repeatable.")
  private @Nullable List<String> secrets;

  boolean areGiven() {
    return parameters != null || secrets != null;
  }

  /// The values that everybody may read.
  Map<String, String> readable() {
    return Variables.parse(PARAM, parameters);
  }

  /// Those that nobody may; asks for what comes from no file.
  Map<String, String> secret(Terminal terminal) {
    Map<String, String> values = new HashMap<>();
    for (String text : secrets == null ? List.<String>of() : secrets) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      values.put(
          name,
          equals < 0
              ? PasswordSource.prompt("Value of " + name, "%s %s=FILE".formatted(SECRET, name))
              : read(text.substring(equals + 1), terminal));
    }
    return values;
  }

  /// A whole file, without a closing line end.
  static String read(String file, Terminal terminal) {
    return new String(ScriptSource.bytes(file, terminal), StandardCharsets.UTF_8)
        .replaceFirst("\r?\n\\z", "");
  }
}
