package dev.edj.bench.faults;

import dev.edj.bench.faults.Collected.Rows;
import dev.edj.bench.faults.Recorded.Attempt;
import dev.edj.bench.faults.Recorded.Child;
import dev.edj.bench.faults.Recorded.Run;
import dev.edj.execution.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether what the scripts returned is in the destination, once and whole.
///
/// Every session of a script returns other rows than any other, and left in its database which and
/// how many. So the rows tell whose they are, and a child that succeeded has those of the session
/// that made it succeed: with exactly once that is the one that was committed.
final class Deliveries {

  private final Collected collected;
  private final List<Child> collecting;
  private final Map<UUID, Child> children;
  private final Map<UUID, List<Rows>> rowsOf;
  private final Map<UUID, List<Witness>> witnessesOf;
  private final Map<UUID, List<Attempt>> successesOf;
  private final List<String> violations = new ArrayList<>();

  Deliveries(Evidence evidence) {
    Recorded recorded = evidence.recorded();
    Set<UUID> collectingRuns =
        recorded.runs().stream().filter(Run::collects).map(Run::id).collect(Collectors.toSet());
    this.collected = evidence.collected();
    this.collecting =
        recorded.children().stream().filter(child -> collectingRuns.contains(child.run())).toList();
    this.children =
        recorded.children().stream().collect(Collectors.toMap(Child::id, Function.identity()));
    this.rowsOf = collected.rows().stream().collect(Collectors.groupingBy(Rows::child));
    this.witnessesOf = evidence.witnesses().stream().collect(Collectors.groupingBy(Witness::child));
    this.successesOf =
        recorded.attempts().stream()
            .filter(attempt -> attempt.lifecycle() == Lifecycle.Succeeded)
            .collect(Collectors.groupingBy(Attempt::child));
  }

  /// Everything that must not be, in words, when all is over.
  List<String> violations() {
    violations.clear();
    if (!collecting.isEmpty() && collected.rows().isEmpty()) {
      violations.add("nothing was collected");
    }
    whatCameIsRecorded();
    findLasting();
    return List.copyOf(violations);
  }

  /// What is wrong already while jobs still run.
  List<String> lasting() {
    violations.clear();
    findLasting();
    return List.copyOf(violations);
  }

  /// How many executions have rows in the destination.
  int executions() {
    return rowsOf.size();
  }

  long rows() {
    return collected.rows().stream().mapToLong(Rows::count).sum();
  }

  private void findLasting() {
    theTableHasItsIndexOnce();
    rowsAreThoseOfOneSession();
    whatSucceededCame();
  }

  private void theTableHasItsIndexOnce() {
    if (!collected.rows().isEmpty() && !collected.indexes().equals(List.of(Collected.INDEX))) {
      violations.add(
          "the destination's table has the indexes %s, not just %s"
              .formatted(collected.indexes(), Collected.INDEX));
    }
  }

  private void whatCameIsRecorded() {
    for (UUID id : rowsOf.keySet()) {
      if (!children.containsKey(id)) {
        violations.add(
            "execution %s has rows in the destination, and is not recorded".formatted(id));
      }
    }
  }

  /// At any moment, however the execution stands: none of them, or all.
  private void rowsAreThoseOfOneSession() {
    rowsOf.forEach((id, all) -> {
      if (all.size() > 1) {
        violations.add(
            "execution %s has rows of %d sessions in the destination".formatted(id, all.size()));
      }
      for (Rows rows : all) {
        if (!rows.areWhole()) {
          violations.add(
              ("of the %d rows of a session of execution %s there are %d in the destination, with"
                      + " %d different numbers from %d to %d")
                  .formatted(
                      rows.total(),
                      id,
                      rows.count(),
                      rows.numbers(),
                      rows.least(),
                      rows.greatest()));
        }
      }
    });
  }

  private void whatSucceededCame() {
    for (Child child : collecting) {
      for (Attempt success : successesOf.getOrDefault(child.id(), List.of())) {
        itsRowsCame(child, success);
      }
    }
  }

  /// That it had a session that came to the script's end is the [Checker]'s to see.
  private void itsRowsCame(Child child, Attempt success) {
    List<Witness> sessions =
        witnessesOf.getOrDefault(child.id(), List.of()).stream()
            .filter(witness -> isOf(witness, success))
            .toList();
    if (!sessions.isEmpty() && sessions.stream().noneMatch(this::isThere)) {
      violations.add(
          ("%s: attempt %d of execution %s succeeded, and what it returned is not in the"
                  + " destination: %s; there is %s")
              .formatted(
                  child.place(),
                  success.number(),
                  child.id(),
                  sessions.stream().map(Deliveries::returned).toList(),
                  rowsOf.getOrDefault(child.id(), List.of())));
    }
  }

  /// Whether the session was this attempt's. Attempts of one child follow each other; what was
  /// found done is an earlier attempt's.
  private static boolean isOf(Witness witness, Attempt success) {
    return witness.endedAt() != null
        && (success.foundDone() || !witness.startedAt().isBefore(success.startedAt()));
  }

  private boolean isThere(Witness session) {
    List<Rows> rows = rowsOf.getOrDefault(session.child(), List.of());
    return session.rows() == 0
        ? rows.isEmpty()
        : rows.stream()
            .anyMatch(there ->
                there.session().equals(session.session()) && there.total() == session.rows());
  }

  private static String returned(Witness session) {
    return "%d rows of '%s'".formatted(session.rows(), session.session());
  }
}
