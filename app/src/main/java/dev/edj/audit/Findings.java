package dev.edj.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is found on the way along a chain. Used by one thread.
final class Findings {

  private static final int MOST_PROBLEMS = 20;

  private final @Nullable ChainHead expected;
  private final List<String> problems = new ArrayList<>();
  private Link last;
  private long events;

  /// @param after where the chain begins, taken for right; null for its beginning
  /// @param expected a head of before, which the chain must still go through; null for none
  Findings(@Nullable ChainHead after, @Nullable ChainHead expected) {
    this.last = after == null ? Link.NONE : Link.of(after);
    this.expected = expected;
  }

  /// @param event its canonical bytes; null where it is gone
  /// @param name of the event, for people
  void add(Link link, byte @Nullable [] event, String name) {
    if (link.number() != last.number() + 1) {
      problem(
          link.number() == last.number() + 2
              ? "number %d is missing".formatted(last.number() + 1)
              : "numbers %d to %d are missing".formatted(last.number() + 1, link.number() - 1));
    } else if (event == null) {
      problem("the event of number %d is missing".formatted(link.number()));
    } else if (!Arrays.equals(last.hashOfNext(event), link.hash())) {
      problem(
          "number %d, %s, is not what was linked: it was changed or moved"
              .formatted(link.number(), name));
    }
    if (expected != null && link.number() == expected.number()) {
      requireHash(link, expected);
    }
    last = link;
    events++;
  }

  void requireHash(Link link, ChainHead head) {
    if (!link.hexadecimal().equals(head.hash())) {
      problem(
          "number %d has the hash %s and not %s: the chain was written anew"
              .formatted(link.number(), link.hexadecimal(), head.hash()));
    }
  }

  void problem(String text) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(text);
    }
  }

  /// @param unlinked how many events have no link
  Verification verification(long unlinked) {
    if (expected != null && last.number() < expected.number()) {
      problem(
          "the chain ends at number %d and had come to %d: its end was removed"
              .formatted(last.number(), expected.number()));
    }
    return new Verification(
        problems.isEmpty(), events, last.head(), unlinked, List.copyOf(problems));
  }
}
