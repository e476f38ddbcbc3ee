package dev.edj.bench.faults;

import dev.edj.bench.faults.Recorded.Attempt;
import dev.edj.bench.faults.Recorded.Child;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How soon the work of a node that was killed or paused was at work elsewhere: in its database, by
/// what the script left there, and not only handed out.
///
/// Only what no other fault could hold up is judged: none of a node, of a way to the control
/// database, of that itself, of the destination, whose writers keep their connections to targets
/// meanwhile, or of the child's own server, from a little before until the work went on.
final class Handovers {

  /// From the death of a node until its work goes on: the lease, the watch over it, a session it
  /// left, and a turn in the queue.
  static final Duration LIMIT = Duration.ofSeconds(15);

  /// How long a fault that is over can still be felt, in connections that are opened again and
  /// pauses after a failure.
  static final Duration AFTERMATH = Duration.ofSeconds(5);

  private final Evidence evidence;
  private final List<Happened> faults;
  private final List<String> servers;
  private final Map<UUID, List<Witness>> witnessesOf;
  private final Map<UUID, Child> children;
  private final List<Handover> judged;

  /// @param servers as jobs name them, in the order of their numbers
  Handovers(Evidence evidence, List<Happened> faults, List<String> servers) {
    this.evidence = evidence;
    this.faults = faults;
    this.servers = servers;
    this.witnessesOf = evidence.witnesses().stream().collect(Collectors.groupingBy(Witness::child));
    this.children =
        evidence.recorded().children().stream()
            .collect(Collectors.toMap(Child::id, Function.identity()));
    this.judged =
        faults.stream()
            .filter(fault -> fault.lostProcess().isPresent())
            .flatMap(this::handovers)
            .toList();
  }

  int judged() {
    return judged.size();
  }

  /// Of those that were judged; what never went on is the limit.
  Duration longest() {
    return judged.stream()
        .map(handover -> handover.after().orElse(LIMIT))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  List<String> violations() {
    List<String> violations = new ArrayList<>();
    for (Handover handover : judged) {
      if (handover.after().isEmpty()) {
        violations.add(
            "%s: execution %s was not at work again %d s after the %s of its node, at %s"
                .formatted(
                    handover.child().place(),
                    handover.child().id(),
                    LIMIT.toSeconds(),
                    handover.loss().fault().label(),
                    handover.loss().from()));
      }
    }
    return violations;
  }

  private Stream<Handover> handovers(Happened loss) {
    String node = "-" + loss.lostProcess().getAsLong();
    return evidence.recorded().attempts().stream()
        .filter(attempt -> attempt.node() != null && attempt.node().endsWith(node))
        .filter(attempt -> attempt.startedAt().isBefore(loss.from()))
        .filter(attempt -> attempt.endedAt().isAfter(loss.from()))
        .flatMap(attempt -> handover(loss, attempt).stream());
  }

  private Optional<Handover> handover(Happened loss, Attempt lost) {
    Child child = children.get(lost.child());
    if (child == null) {
      return Optional.empty();
    }
    Instant deadline = loss.from().plus(LIMIT);
    Optional<Instant> goesOn = goesOn(child, lost).filter(at -> !at.isAfter(deadline));
    return isUndisturbed(loss, child, goesOn.orElse(deadline))
        ? Optional.of(
            new Handover(loss, child, goesOn.map(at -> Duration.between(loss.from(), at))))
        : Optional.empty();
  }

  /// When its script began again after the attempt was given up, or the child ended without.
  private Optional<Instant> goesOn(Child child, Attempt lost) {
    Stream<Instant> begins =
        witnessesOf.getOrDefault(child.id(), List.of()).stream()
            .map(Witness::startedAt)
            .filter(at -> !at.isBefore(lost.endedAt()));
    return Stream.concat(begins, Stream.ofNullable(child.endedAt())).min(Comparator.naturalOrder());
  }

  private boolean isUndisturbed(Happened loss, Child child, Instant until) {
    int server = servers.indexOf(child.server());
    return faults.stream()
        .filter(other -> !other.equals(loss))
        .filter(other -> other.overlaps(loss.from().minus(AFTERMATH), until))
        .allMatch(other -> other.fault().place() == Fault.Place.TARGET && other.number() != server);
  }

  /// @param after which time its work went on; empty when it did not within the limit
  private record Handover(Happened loss, Child child, Optional<Duration> after) {}
}
