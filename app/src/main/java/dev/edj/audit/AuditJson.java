package dev.edj.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.edj.secrecy.Withheld;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the audit log holds it: without what is null, and of each event always the same bytes.
final class AuditJson {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .addModule(Withheld.always())
          .build();

  private AuditJson() {}

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : MAPPER.writeValueAsString(value);
  }

  /// What an event's hash is of. To change it would be to break every chain there is: what is new
  /// goes to the end, and only where it is there.
  static byte[] canonical(AuditRow event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = MAPPER.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberProperty("id", event.id());
      json.writeStringProperty("time", event.time().toString());
      actor(json, event.actor());
      string(json, "address", event.address());
      json.writeStringProperty("action", event.action());
      object(json, event.object());
      if (!event.scripts().isEmpty()) {
        json.writeArrayPropertyStart("scripts");
        event.scripts().forEach(json::writeString);
        json.writeEndArray();
      }
      string(json, "execution", event.execution() == null ? null : event.execution().toString());
      raw(json, "before", event.before());
      raw(json, "after", event.after());
      json.writeEndObject();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void actor(JsonGenerator json, Actor actor) {
    json.writeObjectPropertyStart("actor");
    json.writeStringProperty("kind", actor.kind().name());
    json.writeStringProperty("name", actor.name());
    string(json, "token", actor.token());
    json.writeEndObject();
  }

  private static void object(JsonGenerator json, AuditedObject object) {
    json.writeObjectPropertyStart("object");
    json.writeStringProperty("kind", object.kind());
    string(json, "name", object.name());
    string(json, "id", object.id());
    if (object.version() != null) {
      json.writeNumberProperty("version", object.version());
    }
    json.writeEndObject();
  }

  private static void string(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void raw(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeName(name);
      json.writeRawValue(value);
    }
  }
}
