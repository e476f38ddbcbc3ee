package dev.edj.audit;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Something that is being done. Begins with [#of] and ends with [#record].
///
/// @param origin who does it; the current one unless said otherwise
/// @param action the object's kind and a verb: `credential.update`
/// @param scripts SHA-256 of the scripts and packages it is about
/// @param before the object as it was, as people may see it
public record NewAuditEvent(
    Origin origin,
    String action,
    @Nullable String name,
    @Nullable String id,
    @Nullable Integer version,
    List<String> scripts,
    @Nullable UUID execution,
    @Nullable Object before,
    @Nullable Object after) {

  public static NewAuditEvent of(String action) {
    return new NewAuditEvent(
        Origin.current(), action, null, null, null, List.of(), null, null, null);
  }

  public NewAuditEvent by(Actor actor) {
    return new NewAuditEvent(
        origin.as(actor), action, name, id, version, scripts, execution, before, after);
  }

  public NewAuditEvent named(@Nullable String objectName) {
    return new NewAuditEvent(
        origin, action, objectName, id, version, scripts, execution, before, after);
  }

  public NewAuditEvent id(Object objectId) {
    return new NewAuditEvent(
        origin, action, name, objectId.toString(), version, scripts, execution, before, after);
  }

  public NewAuditEvent version(int number) {
    return new NewAuditEvent(origin, action, name, id, number, scripts, execution, before, after);
  }

  public NewAuditEvent scripts(List<String> sha256) {
    return new NewAuditEvent(
        origin, action, name, id, version, List.copyOf(sha256), execution, before, after);
  }

  /// What was done to an execution, or what it was done by.
  public NewAuditEvent execution(UUID executionId) {
    return new NewAuditEvent(
        origin, action, name, id, version, scripts, executionId, before, after);
  }

  public NewAuditEvent before(Object object) {
    return new NewAuditEvent(origin, action, name, id, version, scripts, execution, object, after);
  }

  public NewAuditEvent after(@Nullable Object object) {
    return new NewAuditEvent(origin, action, name, id, version, scripts, execution, before, object);
  }

  /// Writes it in the handle's transaction, in which it is done.
  public void record(Handle handle) {
    record(handle, List.of(this));
  }

  /// The same for many at once.
  public static void record(Handle handle, List<NewAuditEvent> events) {
    if (!events.isEmpty()) {
      handle.attach(AuditStore.class).insert(NewAuditRows.of(events));
    }
  }

  String kind() {
    return action.substring(0, action.indexOf('.'));
  }
}
