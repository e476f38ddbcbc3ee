package dev.edj.bench.faults;

import dev.edj.bench.faults.Recorded.Attempt;
import dev.edj.bench.faults.Recorded.Child;
import dev.edj.bench.faults.Recorded.Run;
import dev.edj.bench.faults.Sampler.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How many attempts were at work at the same moment, by the sessions that the targets had.
///
/// A session counts while its attempt was one that EDJ held for running. After that it does not:
/// nobody can end the session of a node that does not answer, and limits cannot wait for it.
final class Limits {

  private final Recorded recorded;
  private final Map<UUID, List<Attempt>> attemptsOf;
  private final List<Presence> presences;

  Limits(Recorded recorded, List<Session> sessions) {
    this.recorded = recorded;
    this.attemptsOf = recorded.attempts().stream().collect(Collectors.groupingBy(Attempt::child));
    this.presences = presences(sessions);
  }

  /// The most at once on each server.
  Map<String, Integer> mostByServer() {
    return most(presence -> presence.child().server());
  }

  /// The most at once of each run.
  Map<UUID, Integer> mostByRun() {
    return most(presence -> presence.child().run());
  }

  /// The most at once of any run of each job.
  Map<String, Integer> mostByJob() {
    Map<UUID, String> jobs = recorded.runs().stream().collect(Collectors.toMap(Run::id, Run::job));
    Map<String, Integer> most = new TreeMap<>();
    mostByRun().forEach((run, count) -> most.merge(jobs.getOrDefault(run, "?"), count, Math::max));
    return most;
  }

  private List<Presence> presences(List<Session> sessions) {
    Map<UUID, Child> children =
        recorded.children().stream().collect(Collectors.toMap(Child::id, Function.identity()));
    Map<Key, Presence> presences = new HashMap<>();
    for (Session session : sessions) {
      Child child = children.get(session.child());
      Attempt attempt = attemptOf(session);
      if (child != null && attempt != null && session.startedAt().isBefore(attempt.endedAt())) {
        Instant to =
            session.seenAt().isBefore(attempt.endedAt()) ? session.seenAt() : attempt.endedAt();
        // Of one attempt only one counts, whatever the other sessions of its child were.
        presences.merge(
            new Key(child.id(), attempt.number()),
            new Presence(child, session.startedAt(), to),
            Presence::union);
      }
    }
    return List.copyOf(presences.values());
  }

  /// The newest attempt that had begun when the session did; null when there is none on record.
  private @Nullable Attempt attemptOf(Session session) {
    return attemptsOf.getOrDefault(session.child(), List.of()).stream()
        .filter(attempt -> !attempt.startedAt().isAfter(session.startedAt()))
        .max(Comparator.comparingInt(Attempt::number))
        .orElse(null);
  }

  private <K> Map<K, Integer> most(Function<Presence, K> place) {
    Map<K, Integer> most = new HashMap<>();
    presences.stream()
        .collect(Collectors.groupingBy(place))
        .forEach((key, all) -> most.put(key, mostAtOnce(all)));
    return most;
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

  private record Key(UUID child, int attempt) {}

  /// An attempt's session was there.
  ///
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
