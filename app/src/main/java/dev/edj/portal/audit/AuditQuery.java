package dev.edj.portal.audit;

import dev.edj.audit.AuditFilter;
import dev.edj.audit.AuditOutcome;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Typed;
import java.time.Clock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was typed into the filter of the audit log, as it stands in the page's address: the same
/// names as the API's, times also as the command line reads them.
///
/// @param after the id of the last event of the page before
record AuditQuery(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String kind,
    @Nullable String object,
    @Nullable String outcome,
    @Nullable String from,
    @Nullable String to,
    @Nullable Long after) {

  private static final int ROWS = 100;

  AuditFilter filter(Clock clock) {
    return AuditFilter.page(ROWS)
        .by(Typed.stripped(actor))
        .of(Typed.stripped(action))
        .toA(Typed.stripped(kind))
        .to(Typed.stripped(object))
        .outcome(new Typed("outcome", outcome).oneOf(AuditOutcome.class))
        .between(new Typed("from", from).time(clock), new Typed("to", to).time(clock))
        .after(after);
  }

  public boolean isNarrowed() {
    return Stream.of(actor, action, kind, object, outcome, from, to)
        .anyMatch(typed -> Typed.stripped(typed) != null);
  }

  /// The page that goes on after this event; null begins anew.
  public PagePath path(@Nullable String next) {
    return PagePath.of("audit")
        .with("actor", actor)
        .with("action", action)
        .with("kind", kind)
        .with("object", object)
        .with("outcome", outcome)
        .with("from", from)
        .with("to", to)
        .with("after", next);
  }
}
