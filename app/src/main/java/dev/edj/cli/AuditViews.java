package dev.edj.cli;

import dev.edj.audit.Actor;
import dev.edj.audit.AuditEvent;
import dev.edj.audit.AuditedObject;
import dev.edj.audit.Verification;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The audit log as people read it.
final class AuditViews {

  private AuditViews() {}

  static Table table(List<AuditEvent> events) {
    Table table = Table.of("ID", "TIME", "ACTOR", "FROM", "ACTION", "OBJECT", "VERSION");
    events.forEach(event ->
        table.row(
            event.id(),
            event.time(),
            actor(event.actor()),
            event.address(),
            event.action(),
            name(event.object()),
            event.object().version()));
    return table;
  }

  static Details details(AuditEvent event) {
    return new Details()
        .line("Id", event.id())
        .line("Time", event.time())
        .line("Actor", actor(event.actor()))
        .line("From", event.address())
        .line("Action", event.action())
        .line("Object", event.object().name())
        .line("Object id", event.object().id())
        .line("Version", event.object().version())
        .line("Execution", event.execution())
        .line("SHA-256", event.scripts())
        .line("Before", text(event.before()))
        .line("After", text(event.after()))
        .line("Number", Cell.of(event.number(), "not linked yet"));
  }

  static Details verification(Verification verification) {
    Details details =
        new Details()
            .line(
                "Intact",
                verification.intact()
                    ? new Cell("yes", Style.GOOD, false)
                    : new Cell("no", Style.BAD, false))
            .line("Events", verification.events())
            .line("Not linked yet", verification.unlinked())
            .line("Head", verification.head().text());
    verification.problems().forEach(problem -> details.line("Problem", problem));
    return details;
  }

  private static String actor(Actor actor) {
    return actor.token() == null
        ? actor.name()
        : "%s (token %s)".formatted(actor.name(), actor.token());
  }

  private static @Nullable String name(AuditedObject object) {
    return object.name() == null ? object.id() : object.name();
  }

  private static @Nullable String text(@Nullable JsonNode json) {
    return json == null || json.isNull() ? null : Json.mapper().writeValueAsString(json);
  }
}
