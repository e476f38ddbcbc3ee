package dev.edj.bench.faults;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// A safeguard of the service taken away, to see that the checker notices. The processes stay what
/// they are: the proxies change the text of their statements on the way, into one of equal length.
final class Sabotage {

  /// What can be taken away.
  enum Kind {
    NONE,
    /// A report counts whoever holds the child by now.
    FENCE,
    /// The application lock of an attempt is always granted.
    LOCK,
    /// The ledger never tells that the work is done, and takes the same work again.
    LEDGER,
    /// A trigger comes again to planned times that it has fired, and their key keeps nothing from
    /// being started.
    FIRING,
    /// A write to the destination leaves the rows of an earlier one of the same child there.
    COLLECT;

    /// As people write it.
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final List<Change> changes;
  private final AtomicInteger hits = new AtomicInteger();

  private Sabotage(List<Change> changes) {
    this.changes = changes;
  }

  /// For the ways to the control database.
  static Sabotage ofControl(Kind kind) {
    return switch (kind) {
      case NONE, LOCK, LEDGER, COLLECT -> new Sabotage(List.of());
      case FENCE ->
          new Sabotage(
              List.of(
                  new Change("c.attempt = r.attempt", "r.attempt = r.attempt"),
                  new Change("c.node_id = r.node_id", "r.node_id = r.node_id")));
      case FIRING ->
          new Sabotage(
              List.of(
                  new Change(
                      "SET settled_at = greatest(t.settled_at, ",
                      "SET settled_at = least(t.settled_at,    "),
                  new Change(
                      "SELECT execution_id FROM recorded WHERE execution_id IS NOT NULL",
                      "SELECT execution_id FROM unnest($5) execution_id                ")));
    };
  }

  /// For the ways to the targets.
  static Sabotage ofTargets(Kind kind) {
    return switch (kind) {
      case NONE, FENCE, FIRING, COLLECT -> new Sabotage(List.of());
      case LOCK ->
          new Sabotage(
              List.of(
                  new Change(
                      "pg_catalog.pg_try_advisory_lock(", "true OR 0 =                 abs(")));
      case LEDGER ->
          new Sabotage(
              List.of(
                  new Change(
                      "execution_id pg_catalog.uuid PRIMARY KEY",
                      "execution_id pg_catalog.uuid            "),
                  // The row of the attempt before stays; only the new one is marked.
                  new Change(
                      "\nWHERE execution_id OPERATOR(pg_catalog.=) CAST($1 AS pg_catalog.uuid)",
                      "\nWHERE execution_id = CAST($1 AS uuid) AND ended_at IS NULL           "),
                  new Change(
                      "FROM edj.ledger WHERE execution_id OPERATOR(pg_catalog.=) CAST($1 AS pg_catalog.uuid)",
                      "FROM edj.ledger WHERE execution_id IS NULL                                           ")));
    };
  }

  /// For the way to the destination.
  static Sabotage ofDestination(Kind kind) {
    return switch (kind) {
      case NONE, FENCE, LOCK, LEDGER, FIRING -> new Sabotage(List.of());
      case COLLECT ->
          new Sabotage(
              List.of(
                  new Change(
                      "DELETE FROM \"public\".\"collected\" WHERE \"internal_execution_id\" OPERATOR(pg_catalog.=) ",
                      "DELETE FROM \"public\".\"collected\" WHERE false AND \"internal_execution_id\" =            ")));
    };
  }

  /// The pieces of statements that it changes, as the driver sends them.
  List<String> changed() {
    return changes.stream().map(Change::from).toList();
  }

  /// How many statements were changed so far.
  int hits() {
    return hits.get();
  }

  byte[] applied(byte[] message) {
    if (changes.isEmpty()) {
      return message;
    }
    String text = new String(message, StandardCharsets.ISO_8859_1);
    String changed = text;
    for (Change change : changes) {
      changed = changed.replace(change.from(), change.to());
    }
    if (changed.equals(text)) {
      return message;
    }
    hits.incrementAndGet();
    return changed.getBytes(StandardCharsets.ISO_8859_1);
  }

  private record Change(String from, String to) {

    Change {
      if (from.length() != to.length()) {
        throw new IllegalArgumentException("the length of a message must stay: " + from);
      }
    }
  }
}
