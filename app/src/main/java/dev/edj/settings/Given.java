package dev.edj.settings;

import dev.edj.problem.EdjException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a setting's text comes from: its option, else its variable. An empty variable counts as
/// not set.
record Given(Map<String, String> environment) {

  /// Of an option that is repeated, where its variable has all in one text.
  ///
  /// @param separator what stands between them in the variable
  <T> Optional<T> findAll(
      String name, @Nullable List<String> options, String separator, Function<String, T> reader) {
    return find(name, options == null ? null : String.join(separator, options), reader);
  }

  <T> Optional<T> find(String name, @Nullable String option, Function<String, T> reader) {
    String variable = Setting.variable(name);
    String text = option != null ? option : environment.getOrDefault(variable, "");
    if (option == null && text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid(
          option != null ? "--" + name : variable, String.valueOf(e.getMessage()));
    }
  }
}
