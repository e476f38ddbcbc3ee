package dev.edj.bench.faults;

import dev.edj.bench.faults.Recorded.Attempt;
import dev.edj.bench.faults.Recorded.Child;
import dev.edj.bench.faults.Recorded.Run;
import dev.edj.bench.faults.Sampler.Session;
import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares what happened in the databases with what EDJ recorded, when all is over.
///
/// What a script may do is no violation: run again, also to its end, and also late, when its node
/// was lost. With exactly once it may do so, too, and its effects may not: there the witness row is
/// the effect, because it is committed with the ledger's or not at all.
final class Checker {

  private final Recorded recorded;
  private final Map<UUID, Child> firstOutcomes;
  private final List<Witness> witnesses;
  private final List<Session> sessions;
  private final Limits limits;
  private final Set<String> places;
  private final Map<UUID, List<Witness>> witnessesOf;
  private final Map<UUID, List<Attempt>> attemptsOf;
  private final Map<UUID, Child> children;
  private final Set<UUID> exactlyOnce;
  private final List<String> violations = new ArrayList<>();

  Checker(Evidence evidence, List<Session> sessions) {
    this.recorded = evidence.recorded();
    this.firstOutcomes = evidence.firstOutcomes();
    this.witnesses = evidence.witnesses();
    this.sessions = sessions;
    this.places = evidence.places();
    this.limits = new Limits(recorded, sessions);
    this.witnessesOf = witnesses.stream().collect(Collectors.groupingBy(Witness::child));
    this.attemptsOf = recorded.attempts().stream().collect(Collectors.groupingBy(Attempt::child));
    this.children =
        recorded.children().stream().collect(Collectors.toMap(Child::id, Function.identity()));
    this.exactlyOnce =
        recorded.runs().stream().filter(Run::exactlyOnce).map(Run::id).collect(Collectors.toSet());
  }

  /// Everything that must not be, in words.
  List<String> violations(Map<String, Integer> maxParallelism, int maxConnections) {
    violations.clear();
    somethingWasSeen();
    everyRunEnds();
    everyDatabaseHasItsOutcome();
    whatRanIsRecorded();
    findLasting();
    limitsAreKept(maxParallelism, maxConnections);
    return List.copyOf(violations);
  }

  /// What is wrong already while jobs still run, and cannot become right again.
  List<String> lasting() {
    violations.clear();
    findLasting();
    return List.copyOf(violations);
  }

  /// Children whose effects have to be in their database once.
  long onceOnly() {
    return recorded.children().stream().filter(this::isExactlyOnce).count();
  }

  /// Attempts that did nothing, because the ledger told them that the work was done.
  long foundDone() {
    return recorded.attempts().stream().filter(Attempt::foundDone).count();
  }

  /// Children whose script ran to its end more than once.
  long ranAgain() {
    return witnessesOf.values().stream()
        .filter(all -> all.stream().filter(witness -> witness.endedAt() != null).count() > 1)
        .count();
  }

  Limits limits() {
    return limits;
  }

  private void findLasting() {
    whatSucceededRan();
    effectsAreThereOnce();
    outcomesAreRecordedOnce();
    noTwoAttemptsOverlap();
  }

  /// A check of nothing proves nothing.
  private void somethingWasSeen() {
    if (recorded.runs().isEmpty() || witnesses.isEmpty() || sessions.isEmpty()) {
      violation("nothing ran");
    }
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

  private void whatRanIsRecorded() {
    for (UUID id : witnessesOf.keySet()) {
      if (!children.containsKey(id)) {
        violation("execution %s ran, and is not recorded".formatted(id));
      }
    }
  }

  /// By the attempt that is recorded as the success, and not by another one: that shows a report
  /// that was taken for one of an attempt it was not about.
  private void whatSucceededRan() {
    for (Child child : recorded.children()) {
      for (Attempt attempt : attemptsOf.getOrDefault(child.id(), List.of())) {
        if (attempt.lifecycle() == Lifecycle.Succeeded
            && witnessesOf.getOrDefault(child.id(), List.of()).stream()
                .noneMatch(witness -> isWhole(witness, child, attempt))) {
          violation(
              "%s: attempt %d of execution %s succeeded, and did not run the script as a whole"
                  .formatted(child.place(), attempt.number(), child.id()));
        }
      }
    }
  }

  /// All clocks are this machine's. What was found done is an earlier attempt's.
  private boolean isWhole(Witness witness, Child child, Attempt attempt) {
    Instant end = witness.endedAt();
    Instant begin = attempt.foundDone() ? firstBegin(child) : attempt.startedAt();
    return end != null
        && witness.run().equals(child.run())
        && child.place().equals(witness.server() + "/" + witness.database())
        && !witness.startedAt().isBefore(begin)
        && !end.isAfter(attempt.endedAt());
  }

  private Instant firstBegin(Child child) {
    return attemptsOf.getOrDefault(child.id(), List.of()).stream()
        .map(Attempt::startedAt)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /// However many attempts there were. That a success has its effect is seen in
  /// [#whatSucceededRan()].
  private void effectsAreThereOnce() {
    for (Child child : recorded.children()) {
      List<Witness> effects = witnessesOf.getOrDefault(child.id(), List.of());
      if (isExactlyOnce(child) && effects.size() > 1) {
        violation(
            "%s: the effects of execution %s, which are to be there once, are there %d times after"
                    .formatted(child.place(), child.id(), effects.size())
                + " %d attempts".formatted(child.attempt()));
      }
      if (isExactlyOnce(child) && effects.stream().anyMatch(effect -> effect.endedAt() == null)) {
        violation(
            "%s: a part of the effects of execution %s is there, and should be there as a whole"
                .formatted(child.place(), child.id()));
      }
    }
  }

  private boolean isExactlyOnce(Child child) {
    return exactlyOnce.contains(child.run());
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
    witnessesOf.values().forEach(this::noTwoOverlap);
  }

  private void noTwoOverlap(List<Witness> sessionsOfChild) {
    Instant completeAt = Instant.MIN;
    for (Witness witness :
        sessionsOfChild.stream().sorted(Comparator.comparing(Witness::startedAt)).toList()) {
      if (witness.startedAt().isBefore(completeAt) && !witness.overlapped()) {
        violation(
            "%s/%s: a session of execution %s began at %s, before another one was complete"
                .formatted(
                    witness.server(), witness.database(), witness.child(), witness.startedAt()));
      }
      Instant end = witness.endedAt();
      if (end != null && end.isAfter(completeAt)) {
        completeAt = end;
      }
    }
  }

  private void limitsAreKept(Map<String, Integer> maxParallelism, int maxConnections) {
    limits
        .mostByServer()
        .forEach((server, most) -> {
          if (most > maxConnections) {
            violation(
                "server %s: %d attempts at once, the limit is %d"
                    .formatted(server, most, maxConnections));
          }
        });
    limits
        .mostByJob()
        .forEach((job, most) -> {
          int limit = Objects.requireNonNull(maxParallelism.get(job));
          if (most > limit) {
            violation(
                "a run of '%s': %d attempts at once, max parallelism is %d"
                    .formatted(job, most, limit));
          }
        });
  }

  private void violation(String text) {
    violations.add(text);
  }
}
