package dev.edj.audit;

import dev.edj.audit.AuditStore.Unlinked;
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
    Findings findings = new Findings(after, expected);
    if (after != null) {
      walk.link(after.number()).ifPresent(link -> findings.requireHash(link, after));
    }
    walk.from(
        after == null ? 0 : after.number(),
        (link, event) ->
            findings.add(
                link,
                event == null ? null : AuditJson.canonical(event),
                event == null ? "" : name(event)));
    Unlinked unlinked = store.countUnlinked();
    if (unlinked.firstForgotten() != null) {
      findings.problem(
          "%d events have no link and are not waiting for one, the first being event %d"
              .formatted(unlinked.forgotten(), unlinked.firstForgotten()));
    }
    return findings.verification(unlinked.events());
  }

  private static String name(AuditRow event) {
    return "event %d (%s at %s)".formatted(event.id(), event.action(), event.time());
  }
}
