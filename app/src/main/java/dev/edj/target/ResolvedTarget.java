package dev.edj.target;

import dev.edj.parameter.ParameterValues;
import java.util.List;
import java.util.Map;

/// Which databases a target is at the moment.
///
/// @param databases each once, by server and name
/// @param values what they carry; of those that carry nothing there is nothing
/// @param explanation one line for each server that was asked, and for what was left out
public record ResolvedTarget(
    List<ResolvedDatabase> databases,
    Map<ResolvedDatabase, ParameterValues> values,
    List<String> explanation) {

  /// The same for people.
  Resolution shown() {
    return new Resolution(
        databases.stream()
            .map(database ->
                TargetDatabase.of(
                    database.server(),
                    database.database(),
                    values.getOrDefault(database, ParameterValues.NONE)))
            .toList(),
        explanation);
  }
}
