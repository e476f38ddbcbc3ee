package dev.edj.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An event as the control database holds it.
///
/// @param before JSON as it was written, on which the chain's hash rests
record AuditRow(
    long id,
    Instant time,
    @Nested("actor") Actor actor,
    @Nullable String address,
    String action,
    @Nested("object") AuditedObject object,
    List<String> scripts,
    @Nullable UUID execution,
    @Nullable String before,
    @Nullable String after,
    @Nullable Long number) {

  AuditEvent event() {
    return new AuditEvent(
        id,
        time,
        actor,
        address,
        action,
        object,
        scripts,
        execution,
        tree(before),
        tree(after),
        number);
  }

  private static @Nullable JsonNode tree(@Nullable String json) {
    return json == null ? null : AuditJson.MAPPER.readTree(json);
  }
}
