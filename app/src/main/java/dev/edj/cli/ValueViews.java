package dev.edj.cli;

import dev.edj.parameter.SecretParameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Values of script variables as people read them.
final class ValueViews {

  private ValueViews() {}

  /// One for each variable.
  static List<String> lines(
      Map<String, @Nullable String> parameters, List<SecretParameter> secrets) {
    return Stream.concat(
            parameters.entrySet().stream()
                .map(entry ->
                    entry.getValue() == null
                        ? entry.getKey() + " (to be given at each start)"
                        : entry.getKey() + "=" + entry.getValue()),
            secrets.stream()
                .map(secret ->
                    secret.name()
                        + (secret.set() ? " (secret)" : " (secret, to be given at each start)")))
        .toList();
  }
}
