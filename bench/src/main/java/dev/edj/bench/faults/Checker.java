package dev.edj.bench.faults;

import dev.edj.bench.faults.Recorded.Attempt;
import dev.edj.bench.faults.Recorded.Child;
import dev.edj.bench.faults.Recorded.Run;
import dev.edj.bench.faults.Sampler.Session;
import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares what happened in the databases with what EDJ recorded, when all is over.
///
/// What a script may do is no violation: run again, also to its end, and also late, when its node
/// was lost. A ledger that makes the effects of a script count once would be one more check here,
/// on [#ranAgain()].
final class Checker {

  private final Recorded recorded;
  private final Map<UUID, Child> firstOutcomes;
  private final List<Witness> witnesses;
  private final List<Session> sessions;
  private final Set<String> places;
  private final Map<UUID, List<Witness>> witnessesOf;
  private final Map<UUID, List<Attempt>> attemptsOf;
  private final Map<UUID, Child> children;
  private final List<String> violations = new ArrayList<>();

  /// @param firstOutcomes the children as they were when they were first seen to have ended
  /// @param places every database of the target, `server/database`
  Checker(
      Recorded recorded,
      Map<UUID, Child> firstOutcomes,
      List<Witness> witnesses,
      List<Session> sessions,
      Set<String> places) {
    this.recorded = recorded;
    this.firstOutcomes = firstOutcomes;
    this.witnesses = witnesses;
    this.sessions = sessions;
    this.places = places;
    this.witnessesOf = witnesses.stream().collect(Collectors.groupingBy(Witness::child));
    this.attemptsOf = recorded.attempts().stream().collect(Collectors.groupingBy(Attempt::child));
    this.children =
        recorded.children().stream().collect(Collectors.toMap(Child::id, Function.identity()));
  }

  /// Everything that must not be, in words.
  List<String> violations(Map<String, Integer> maxParallelism, int maxConnections) {
    violations.clear();
    everyRunEnds();
    everyDatabaseHasItsOutcome();
    whatSucceededRan();
    outcomesAreRecordedOnce();
    noTwoAttemptsOverlap();
    limitsAreKept(maxParallelism, maxConnections);
    return List.copyOf(violations);
  }

  /// Children whose script ran to its end more than once.
  long ranAgain() {
    return witnessesOf.values().stream()
        .filter(all -> all.stream().filter(witness -> witness.endedAt() != null).count() > 1)
        .count();
  }

  private void everyRunEnds() {
    for (Run run : recorded.runs()) {
      if (!run.lifecycle().ended()) {
        violation(
            "run %s of '%s' has not ended: %s".formatted(run.id(), run.job(), run.lifecycle()));
      } else if (run.lifecycle() != Lifecycle.Succeeded) {
        violation("run %s ended %s: %s".formatted(run.id(), run.lifecycle(), run.message()));
      }
    }
  }

  /// Under the policy of these jobs, which never gives up, there is one good outcome.
  private void everyDatabaseHasItsOutcome() {
    Map<UUID, List<Child>> byRun =
        recorded.children().stream().collect(Collectors.groupingBy(Child::run));
    for (Run run : recorded.runs()) {
      List<Child> all = byRun.getOrDefault(run.id(), List.of());
      Set<String> missing = new HashSet<>(places);
      all.forEach(child -> missing.remove(child.place()));
      if (!missing.isEmpty()) {
        violation("run %s lost %s".formatted(run.id(), missing));
      }
      if (all.size() > places.size()) {
        violation(
            "run %s has %d children for %d databases"
                .formatted(run.id(), all.size(), places.size()));
      }
      long succeeded = all.stream().filter(c -> c.lifecycle() == Lifecycle.Succeeded).count();
      if (succeeded != run.succeeded()) {
        violation(
            "run %s counts %d, but %d succeeded".formatted(run.id(), run.succeeded(), succeeded));
      }
    }
    for (Child child : recorded.children()) {
      if (child.lifecycle() != Lifecycle.Succeeded) {
        violation(
            "%s: execution %s is %s after attempt %d"
                .formatted(child.place(), child.id(), child.lifecycle(), child.attempt()));
      }
    }
  }

  private void whatSucceededRan() {
    for (Child child : recorded.children()) {
      boolean whole =
          witnessesOf.getOrDefault(child.id(), List.of()).stream()
              .anyMatch(witness ->
                  witness.endedAt() != null
                      && witness.run().equals(child.run())
                      && child.place().equals(witness.server() + "/" + witness.database()));
      if (child.lifecycle() == Lifecycle.Succeeded && !whole) {
        violation(
            "%s: execution %s succeeded and never ran whole".formatted(child.place(), child.id()));
      }
    }
    for (UUID id : witnessesOf.keySet()) {
      if (!children.containsKey(id)) {
        violation("execution %s ran, and is not recorded".formatted(id));
      }
    }
  }

  private void outcomesAreRecordedOnce() {
    for (Child child : recorded.children()) {
      List<Attempt> attempts = attemptsOf.getOrDefault(child.id(), List.of());
      List<Integer> succeeded =
          attempts.stream()
              .filter(attempt -> attempt.lifecycle() == Lifecycle.Succeeded)
              .map(Attempt::number)
              .toList();
      if (child.lifecycle() == Lifecycle.Succeeded && !succeeded.equals(List.of(child.attempt()))) {
        violation(
            "%s: execution %s succeeded by attempt %d, and recorded as successes are %s"
                .formatted(child.place(), child.id(), child.attempt(), succeeded));
      }
      Child first = firstOutcomes.get(child.id());
      if (first != null && !first.equals(child)) {
        violation("an outcome changed: %s became %s".formatted(first, child));
      }
    }
    for (UUID id : firstOutcomes.keySet()) {
      if (!children.containsKey(id)) {
        violation("the outcome of execution %s is gone".formatted(id));
      }
    }
  }

  private void noTwoAttemptsOverlap() {
    for (Witness witness : witnesses) {
      if (witness.overlapped()) {
        violation(
            "%s/%s: a session of execution %s began at %s while another one was in the script"
                .formatted(
                    witness.server(), witness.database(), witness.child(), witness.startedAt()));
      }
    }
    for (List<Witness> all : witnessesOf.values()) {
      List<Witness> inOrder =
          all.stream().sorted(Comparator.comparing(Witness::startedAt)).toList();
      for (int i = 1; i < inOrder.size(); i++) {
        Witness earlier = inOrder.get(i - 1);
        Witness later = inOrder.get(i);
        Instant end = earlier.endedAt();
        if (end != null && later.startedAt().isBefore(end) && !later.overlapped()) {
          violation(
              "%s/%s: two sessions of execution %s overlap at %s"
                  .formatted(later.server(), later.database(), later.child(), later.startedAt()));
        }
      }
    }
  }

  private void limitsAreKept(Map<String, Integer> maxParallelism, int maxConnections) {
    Map<UUID, String> jobs = recorded.runs().stream().collect(Collectors.toMap(Run::id, Run::job));
    Map<String, List<Presence>> byServer = new HashMap<>();
    Map<UUID, List<Presence>> byRun = new HashMap<>();
    for (Presence presence : presences()) {
      byServer
          .computeIfAbsent(presence.child().server(), server -> new ArrayList<>())
          .add(presence);
      byRun.computeIfAbsent(presence.child().run(), run -> new ArrayList<>()).add(presence);
    }
    byServer.forEach((server, all) -> {
      int most = mostAtOnce(all);
      if (most > maxConnections) {
        violation(
            "server %s: %d attempts at once, the limit is %d"
                .formatted(server, most, maxConnections));
      }
    });
    byRun.forEach((run, all) -> {
      int most = mostAtOnce(all);
      int limit = Objects.requireNonNull(maxParallelism.get(jobs.get(run)));
      if (most > limit) {
        violation("run %s: %d attempts at once, max parallelism is %d".formatted(run, most, limit));
      }
    });
  }

  /// While an attempt counted as running by the control database's account, its session was there
  /// from the first moment to the second. Sessions of attempts that EDJ had given up by then are
  /// not: nobody can end the session of a node that does not answer, and limits cannot wait for it.
  private List<Presence> presences() {
    Map<Key, Presence> presences = new HashMap<>();
    for (Session session : sessions) {
      Child child = children.get(session.child());
      if (child == null) {
        continue; // said elsewhere
      }
      Attempt attempt = attemptOf(session, child);
      if (attempt == null) {
        continue;
      }
      Instant to =
          session.seenAt().isBefore(attempt.endedAt()) ? session.seenAt() : attempt.endedAt();
      if (to.isAfter(session.startedAt())) {
        Presence presence = new Presence(child, session.startedAt(), to);
        presences.merge(new Key(child.id(), attempt.number()), presence, Presence::union);
      }
    }
    return List.copyOf(presences.values());
  }

  /// The newest attempt that had begun when the session did; null when there is none on record.
  private @Nullable Attempt attemptOf(Session session, Child child) {
    return attemptsOf.getOrDefault(child.id(), List.of()).stream()
        .filter(attempt -> !attempt.startedAt().isAfter(session.startedAt()))
        .max(Comparator.comparingInt(Attempt::number))
        .orElse(null);
  }

  private static int mostAtOnce(List<Presence> presences) {
    Map<Instant, Integer> changes = new TreeMap<>();
    for (Presence presence : presences) {
      changes.merge(presence.from(), 1, Integer::sum);
      changes.merge(presence.to(), -1, Integer::sum);
    }
    int now = 0;
    int most = 0;
    for (int change : changes.values()) {
      now += change;
      most = Math.max(most, now);
    }
    return most;
  }

  private void violation(String text) {
    violations.add(text);
  }

  private record Key(UUID child, int attempt) {}

  /// @param to without this moment itself
  private record Presence(Child child, Instant from, Instant to) {

    Presence union(Presence other) {
      return new Presence(
          child,
          from.isBefore(other.from) ? from : other.from,
          to.isAfter(other.to) ? to : other.to);
    }
  }
}
