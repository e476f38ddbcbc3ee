package dev.edj.trace;

import dev.edj.settings.TraceSettings;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Spans as OTLP's JSON has them: ids in hexadecimal, times as texts of nanoseconds, enumerations
/// as numbers.
final class OtlpJson {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ERROR = 2;

  private final Map<String, Object> resource = new TreeMap<>();
  private final String version;

  OtlpJson(TraceSettings settings, String version) {
    this.version = version;
    resource.put("service.version", version);
    resource.putAll(settings.resource());
    resource.put("service.name", settings.serviceName());
  }

  byte[] body(List<Span> spans) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("resourceSpans");
      json.writeStartObject();
      json.writeObjectPropertyStart("resource");
      attributes(json, resource);
      json.writeEndObject();
      json.writeArrayPropertyStart("scopeSpans");
      json.writeStartObject();
      json.writeObjectPropertyStart("scope");
      json.writeStringProperty("name", "dev.edj");
      json.writeStringProperty("version", version);
      json.writeEndObject();
      json.writeArrayPropertyStart("spans");
      spans.forEach(span -> span(json, span));
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  private static void span(JsonGenerator json, Span span) {
    json.writeStartObject();
    context(json, span.context());
    if (span.parentId() != null) {
      json.writeStringProperty("parentSpanId", span.parentId());
    }
    json.writeStringProperty("name", span.name());
    json.writeNumberProperty("kind", span.kind().number());
    json.writeStringProperty("startTimeUnixNano", nanoseconds(span.start()));
    json.writeStringProperty("endTimeUnixNano", nanoseconds(span.end()));
    attributes(json, span.attributes());
    if (span.failure() != null) {
      json.writeObjectPropertyStart("status");
      json.writeNumberProperty("code", ERROR);
      json.writeStringProperty("message", span.failure());
      json.writeEndObject();
    }
    if (span.link() != null) {
      json.writeArrayPropertyStart("links");
      json.writeStartObject();
      context(json, span.link());
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void context(JsonGenerator json, SpanContext context) {
    json.writeStringProperty("traceId", context.traceId());
    json.writeStringProperty("spanId", context.spanId());
  }

  private static void attributes(JsonGenerator json, Map<String, Object> attributes) {
    json.writeArrayPropertyStart("attributes");
    new TreeMap<>(attributes)
        .forEach((name, value) -> {
          json.writeStartObject();
          json.writeStringProperty("key", name);
          json.writeObjectPropertyStart("value");
          if (value instanceof Number number) {
            json.writeStringProperty("intValue", String.valueOf(number.longValue()));
          } else {
            json.writeStringProperty("stringValue", value.toString());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
    json.writeEndArray();
  }

  private static String nanoseconds(Instant time) {
    return String.valueOf(Math.addExact(time.getEpochSecond() * 1_000_000_000L, time.getNano()));
  }
}
