package dev.edj.audit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Goes along the chain in portions: each is a short statement, however slow whoever looks on is.
record ChainWalk(AuditStore store) {

  private static final int PORTION = 500;

  /// Sees links in their order.
  interface Visitor<X extends Exception> {

    /// Sees one.
    ///
    /// @param event null where it is gone
    void visit(Link link, @Nullable AuditRow event) throws X;
  }

  Optional<Link> link(long number) {
    return store.links(number - 1, 1).stream().filter(link -> link.number() == number).findFirst();
  }

  /// @param after the number after which to begin
  <X extends Exception> void from(long after, Visitor<X> visitor) throws X {
    List<Link> links = store.links(after, PORTION);
    while (!links.isEmpty()) {
      long last = links.getLast().number();
      Map<Long, AuditRow> events = events(links.getFirst().number(), last);
      for (Link link : links) {
        visitor.visit(link, events.get(link.number()));
      }
      links = links.size() < PORTION ? List.of() : store.links(last, PORTION);
    }
  }

  private Map<Long, AuditRow> events(long first, long last) {
    return store.linked(first, last).stream()
        .collect(
            Collectors.toMap(event -> Objects.requireNonNull(event.number()), Function.identity()));
  }
}
