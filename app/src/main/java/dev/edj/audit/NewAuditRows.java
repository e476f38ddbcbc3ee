package dev.edj.audit;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Events by their columns, as the statement unnests them; public because Jdbi binds public types
/// only.
///
/// @param scripts of each, with a space between
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record NewAuditRows(
    String[] actorKinds,
    String[] actorNames,
    @Nullable String[] actorTokens,
    @Nullable String[] addresses,
    String[] actions,
    String[] kinds,
    @Nullable String[] names,
    @Nullable String[] ids,
    @Nullable Integer[] versions,
    String[] scripts,
    @Nullable UUID[] executions,
    @Nullable String[] before,
    @Nullable String[] after) {

  static NewAuditRows of(List<NewAuditEvent> events) {
    return new NewAuditRows(
        texts(events, event -> event.origin().actor().kind().name()),
        texts(events, event -> event.origin().actor().name()),
        texts(events, event -> event.origin().actor().token()),
        texts(events, event -> event.origin().address()),
        texts(events, NewAuditEvent::action),
        texts(events, NewAuditEvent::kind),
        texts(events, NewAuditEvent::name),
        texts(events, NewAuditEvent::id),
        events.stream().map(NewAuditEvent::version).toArray(Integer[]::new),
        texts(events, event -> String.join(" ", event.scripts())),
        events.stream().map(NewAuditEvent::execution).toArray(UUID[]::new),
        texts(events, event -> AuditJson.text(event.before())),
        texts(events, event -> AuditJson.text(event.after())));
  }

  private static String[] texts(
      List<NewAuditEvent> events, Function<NewAuditEvent, @Nullable String> column) {
    return events.stream().map(column).toArray(String[]::new);
  }
}
