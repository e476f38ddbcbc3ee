package dev.edj.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which events are wanted; null leaves a criterion out. Begins with [#page].
///
/// @param object its name or id
/// @param to the end of the time, which is not in it
/// @param after the last event of the page before
public record AuditFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String kind,
    @Nullable String object,
    @Nullable AuditOutcome outcome,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long after,
    int limit) {

  public static AuditFilter page(int limit) {
    return new AuditFilter(null, null, null, null, null, null, null, null, limit);
  }

  public AuditFilter by(@Nullable String name) {
    return new AuditFilter(name, action, kind, object, outcome, from, to, after, limit);
  }

  public AuditFilter of(@Nullable String wanted) {
    return new AuditFilter(actor, wanted, kind, object, outcome, from, to, after, limit);
  }

  public AuditFilter toA(@Nullable String objectKind) {
    return new AuditFilter(actor, action, objectKind, object, outcome, from, to, after, limit);
  }

  public AuditFilter to(@Nullable String nameOrId) {
    return new AuditFilter(actor, action, kind, nameOrId, outcome, from, to, after, limit);
  }

  public AuditFilter outcome(@Nullable AuditOutcome became) {
    return new AuditFilter(actor, action, kind, object, became, from, to, after, limit);
  }

  /// For the statement: whether those that were refused are wanted, or those that were not.
  public @Nullable Boolean refused() {
    return outcome == null ? null : outcome == AuditOutcome.Refused;
  }

  public AuditFilter between(@Nullable Instant begin, @Nullable Instant end) {
    return new AuditFilter(actor, action, kind, object, outcome, begin, end, after, limit);
  }

  public AuditFilter after(@Nullable Long event) {
    return new AuditFilter(actor, action, kind, object, outcome, from, to, event, limit);
  }
}
