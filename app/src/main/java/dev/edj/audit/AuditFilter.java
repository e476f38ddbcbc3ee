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
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long after,
    int limit) {

  public static AuditFilter page(int limit) {
    return new AuditFilter(null, null, null, null, null, null, null, limit);
  }

  public AuditFilter by(@Nullable String name) {
    return new AuditFilter(name, action, kind, object, from, to, after, limit);
  }

  public AuditFilter of(@Nullable String wanted) {
    return new AuditFilter(actor, wanted, kind, object, from, to, after, limit);
  }

  public AuditFilter toA(@Nullable String objectKind) {
    return new AuditFilter(actor, action, objectKind, object, from, to, after, limit);
  }

  public AuditFilter to(@Nullable String nameOrId) {
    return new AuditFilter(actor, action, kind, nameOrId, from, to, after, limit);
  }

  public AuditFilter between(@Nullable Instant begin, @Nullable Instant end) {
    return new AuditFilter(actor, action, kind, object, begin, end, after, limit);
  }

  public AuditFilter after(@Nullable Long event) {
    return new AuditFilter(actor, action, kind, object, from, to, event, limit);
  }
}
