package dev.edj.audit;

import dev.edj.audit.AuditStore.Unlinked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Goes along the chain and finds what was changed, removed or moved.
final class Verifier {

  private final Jdbi jdbi;

  Verifier(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Verification verify(@Nullable ChainHead after, @Nullable ChainHead expected) {
    AuditStore store = jdbi.onDemand(AuditStore.class);
    ChainWalk walk = new ChainWalk(store);
    Findings findings = new Findings(after == null ? Link.NONE : link(after), expected);
    if (after != null) {
      walk.link(after.number()).ifPresent(link -> findings.requireHash(link, after));
    }
    walk.from(findings.last.number(), findings::add);
    return findings.verification(store.countUnlinked());
  }

  private static Link link(ChainHead head) {
    return new Link(head.number(), 0, HexFormat.of().parseHex(head.hash()));
  }

  /// What was found on the way.
  private static final class Findings {

    private static final int MOST_PROBLEMS = 20;

    private final @Nullable ChainHead expected;
    private final List<String> problems = new ArrayList<>();
    private Link last;
    private long events;

    Findings(Link beginning, @Nullable ChainHead expected) {
      this.last = beginning;
      this.expected = expected;
    }

    void add(Link link, @Nullable AuditRow event) {
      if (link.number() != last.number() + 1) {
        found(
            link.number() == last.number() + 2
                ? "number %d is missing".formatted(last.number() + 1)
                : "numbers %d to %d are missing".formatted(last.number() + 1, link.number() - 1));
      } else if (event == null) {
        found("the event of number %d is missing".formatted(link.number()));
      } else if (!Arrays.equals(last.next(event).hash(), link.hash())) {
        found(
            "number %d, event %d (%s at %s), is not what was linked: it was changed or moved"
                .formatted(link.number(), event.id(), event.action(), event.time()));
      }
      if (expected != null && link.number() == expected.number()) {
        requireHash(link, expected);
      }
      last = link;
      events++;
    }

    void requireHash(Link link, ChainHead head) {
      if (!link.hexadecimal().equals(head.hash())) {
        found(
            "number %d has the hash %s and not %s: the chain was written anew"
                .formatted(link.number(), link.hexadecimal(), head.hash()));
      }
    }

    Verification verification(Unlinked unlinked) {
      if (expected != null && last.number() < expected.number()) {
        found(
            "the chain ends at number %d and had come to %d: its end was removed"
                .formatted(last.number(), expected.number()));
      }
      if (unlinked.firstForgotten() != null) {
        found(
            "%d events have no link and are not waiting for one, the first being event %d"
                .formatted(unlinked.forgotten(), unlinked.firstForgotten()));
      }
      return new Verification(
          problems.isEmpty(), events, last.head(), unlinked.events(), List.copyOf(problems));
    }

    private void found(String problem) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(problem);
      }
    }
  }
}
