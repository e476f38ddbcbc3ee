package dev.edj.portal.audit;

import dev.edj.audit.AuditEvent;
import dev.edj.audit.AuditedObject;
import dev.edj.portal.difference.FieldDifference;
import dev.edj.portal.site.PagePath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event, and what it changed.
///
/// @param differences the properties that were one thing before and are another after
public record EventPage(AuditEvent event, List<FieldDifference> differences) {

  /// Which pages show the objects that events are about: by name, or by id.
  private static final Map<String, String> BY_NAME =
      Map.of(
          "content", "contents",
          "credential", "credentials",
          "job", "jobs",
          "policy", "policies",
          "schedule", "schedules");

  private static final Map<String, String> BY_ID =
      Map.of(
          "execution", "executions",
          "node", "nodes",
          "query", "executions",
          "target", "targets",
          "trigger", "triggers");

  static EventPage of(AuditEvent event) {
    return new EventPage(
        event, FieldDifference.of(ObjectFields.of(event.before()), ObjectFields.of(event.after())));
  }

  /// The page of what it was done to; null where it has none, or none any more.
  public @Nullable PagePath objectPath() {
    AuditedObject object = event.object();
    String noun = BY_NAME.get(object.kind());
    String name = object.name();
    if (isGone()) {
      return null;
    }
    if (noun != null && name != null) {
      return PagePath.of(noun, name);
    }
    String nounOfIds = BY_ID.get(object.kind());
    String id = object.id();
    return nounOfIds != null && id != null ? PagePath.of(nounOfIds, id) : null;
  }

  private boolean isGone() {
    return event.action().endsWith(".delete") || event.action().endsWith(".purge");
  }

  /// All that was done to the same object.
  public PagePath events() {
    AuditedObject object = event.object();
    String wanted = object.id() == null ? object.name() : object.id();
    return PagePath.of("audit").with("kind", object.kind()).with("object", wanted);
  }

  /// All that the same actor did.
  public PagePath deeds() {
    return PagePath.of("audit").with("actor", event.actor().name());
  }
}
