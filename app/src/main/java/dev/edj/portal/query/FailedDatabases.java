package dev.edj.portal.query;

import static java.util.Comparator.comparingInt;

import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Databases on which a query came to nothing for the same reason.
///
/// @param named the first of them
/// @param more how many others there are
record FailedDatabases(String reason, int count, List<JobExecution> named, int more) {

  private static final int MOST_OF_A_KIND = 1_000;
  private static final int MOST_NAMED = 10;
  private static final int MOST_GROUPS = 20;

  private static final List<Lifecycle> UNSUCCESSFUL =
      List.of(Lifecycle.Failed, Lifecycle.TimedOut, Lifecycle.Canceled);

  /// The largest groups first.
  static List<FailedDatabases> of(Executions executions, UUID id) {
    Map<String, List<JobExecution>> groups = new LinkedHashMap<>();
    for (Lifecycle lifecycle : UNSUCCESSFUL) {
      for (JobExecution child : executions.list(children(id, lifecycle)).items()) {
        String reason = Objects.requireNonNullElse(child.message(), lifecycle.name());
        groups.computeIfAbsent(reason, _ -> new ArrayList<>()).add(child);
      }
    }
    return groups.entrySet().stream()
        .map(group -> of(group.getKey(), group.getValue()))
        .sorted(comparingInt(FailedDatabases::count).reversed())
        .limit(MOST_GROUPS)
        .toList();
  }

  private static FailedDatabases of(String reason, List<JobExecution> all) {
    int named = Math.min(MOST_NAMED, all.size());
    return new FailedDatabases(
        reason.strip(), all.size(), all.subList(0, named), all.size() - named);
  }

  private static ExecutionFilter children(UUID id, Lifecycle lifecycle) {
    return new ExecutionFilter(
        id,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        lifecycle,
        null,
        null,
        true,
        null,
        MOST_OF_A_KIND);
  }
}
