package dev.edj.bench.upgrade;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What became of the executions that were started while nodes came and went.
///
/// @param databases that each execution was to run in
/// @param nodes all that took part, with the version of each
/// @param children as the service tells of them, of all executions
/// @param work which nodes ran children of which execution
/// @param traces what is in the databases: one for each time that a script ran
record Outcome(
    List<String> databases,
    Map<String, String> nodes,
    List<Started> started,
    List<Child> children,
    List<Work> work,
    List<Trace> traces) {

  /// @param job its name
  /// @param when the state of affairs, in words
  /// @param mixed whether nodes of both versions were at work
  record Started(String id, String job, String when, boolean mixed) {

    @Override
    public String toString() {
      return "%s job, %s".formatted(job, when);
    }
  }

  record Child(String execution, String database, String lifecycle, int attempt) {}

  record Work(String execution, String node) {}

  record Trace(String execution, String database) {}

  /// In words; none when each execution ended once and right, and every node did some of the work.
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (Started execution : started) {
      failures.addAll(childrenOf(execution));
      failures.addAll(tracesOf(execution));
    }
    failures.addAll(unknown());
    failures.addAll(idle());
    return failures;
  }

  private List<String> childrenOf(Started execution) {
    List<String> failures = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>(databases);
    for (Child child : children) {
      if (child.execution().equals(execution.id())) {
        if (!missing.remove(child.database())) {
          failures.add("%s: a child too many: %s".formatted(execution, child));
        }
        if (!child.lifecycle().equals("Succeeded") || child.attempt() != 1) {
          failures.add("%s: not ended by its first attempt: %s".formatted(execution, child));
        }
      }
    }
    missing.forEach(database -> failures.add("%s: no child for %s".formatted(execution, database)));
    return failures;
  }

  private List<String> tracesOf(Started execution) {
    Map<String, Integer> times =
        traces.stream()
            .filter(trace -> trace.execution().equals(execution.id()))
            .collect(toMap(Trace::database, _ -> 1, Integer::sum));
    return databases.stream()
        .filter(database -> times.getOrDefault(database, 0) != 1)
        .map(database ->
            "%s: ran %d times in %s"
                .formatted(execution, times.getOrDefault(database, 0), database))
        .toList();
  }

  private List<String> unknown() {
    Set<String> known = started.stream().map(Started::id).collect(toSet());
    return traces.stream()
        .filter(trace -> !known.contains(trace.execution()))
        .map(trace -> "nobody started what ran: " + trace)
        .toList();
  }

  /// A node that has done nothing shows nothing about its version.
  private List<String> idle() {
    List<String> failures = new ArrayList<>();
    Set<String> busy = work.stream().map(Work::node).collect(toSet());
    nodes.keySet().stream()
        .filter(node -> !busy.contains(node))
        .forEach(node -> failures.add(node + " did none of the work"));
    Set<String> mixed = started.stream().filter(Started::mixed).map(Started::id).collect(toSet());
    Set<String> together =
        work.stream()
            .filter(one -> mixed.contains(one.execution()))
            .map(one -> nodes.getOrDefault(one.node(), one.node()))
            .collect(toSet());
    Set<String> apart = new LinkedHashSet<>(nodes.values());
    apart.removeAll(together);
    apart.forEach(version ->
        failures.add(
            "no node of %s worked on what was started while both were there".formatted(version)));
    return failures;
  }
}
