package dev.edj.portal.job;

import dev.edj.problem.EdjException;
import dev.edj.target.Resolution;
import dev.edj.target.TargetDatabase;
import dev.edj.target.Targets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The databases that a target has at the moment, as the form shows them.
///
/// @param servers the first databases, by server
/// @param more how many are not shown
/// @param refusal why it cannot be said; null when it can
record FoundDatabases(
    String target,
    int count,
    Map<String, List<String>> servers,
    int more,
    List<String> explanation,
    @Nullable String refusal) {

  private static final int SHOWN = 100;

  static FoundDatabases of(Targets targets, String target, @Nullable String credential) {
    try {
      return of(target, targets.resolve(target, credential));
    } catch (EdjException e) {
      return new FoundDatabases(target, 0, Map.of(), 0, List.of(), e.text());
    }
  }

  private static FoundDatabases of(String target, Resolution resolution) {
    List<TargetDatabase> all = resolution.databases();
    Map<String, List<String>> servers = new LinkedHashMap<>();
    all.stream()
        .limit(SHOWN)
        .forEach(database ->
            servers
                .computeIfAbsent(database.server(), _ -> new ArrayList<>())
                .add(database.database()));
    return new FoundDatabases(
        target,
        all.size(),
        servers,
        Math.max(0, all.size() - SHOWN),
        resolution.explanation(),
        null);
  }
}
