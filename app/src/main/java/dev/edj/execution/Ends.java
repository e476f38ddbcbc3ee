package dev.edj.execution;

import java.util.List;
import java.util.UUID;

/// How many attempts ended, in the columns in which a statement takes them. Public because Jdbi
/// binds public types only.
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record Ends(
    UUID[] ids,
    int[] attempts,
    long[] nodes,
    String[] types,
    String[] attemptLifecycles,
    String[] childLifecycles,
    Long[] retryAfterMs,
    int[] counted,
    String[] messages,
    String[] stacks,
    Boolean[] returnedRows) {

  static Ends of(List<AttemptReport> reports) {
    return new Ends(
        Columns.of(reports, r -> r.child().executionId(), UUID[]::new),
        Columns.ints(reports, r -> r.child().attempt()),
        Columns.longs(reports, r -> r.child().nodeId()),
        Columns.of(reports, r -> r.type().name(), String[]::new),
        Columns.of(reports, r -> r.attemptLifecycle().name(), String[]::new),
        Columns.of(reports, r -> r.childLifecycle().name(), String[]::new),
        Columns.of(reports, r -> Details.milliseconds(r.retryAfter()), Long[]::new),
        Columns.ints(reports, r -> r.counted() ? 1 : 0),
        Columns.texts(reports, AttemptReport::message),
        Columns.texts(reports, AttemptReport::stack),
        Columns.of(reports, AttemptReport::returnedRows, Boolean[]::new));
  }
}
