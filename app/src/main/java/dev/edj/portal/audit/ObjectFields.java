package dev.edj.portal.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The properties of an object, each with its way down to it: `rollout.waves`, `steps 1.target`.
final class ObjectFields {

  private final Map<String, String> fields = new LinkedHashMap<>();

  private ObjectFields() {}

  static Map<String, String> of(@Nullable JsonNode object) {
    ObjectFields read = new ObjectFields();
    if (object != null) {
      read.add("", object);
    }
    return read.fields;
  }

  private void add(String way, JsonNode value) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(field ->
              add(way.isEmpty() ? field.getKey() : way + "." + field.getKey(), field.getValue()));
    } else if (value.isArray() && value.valueStream().anyMatch(JsonNode::isContainer)) {
      for (int i = 0; i < value.size(); i++) {
        add("%s %d".formatted(way, i + 1), value.get(i));
      }
    } else if (value.isArray()) {
      fields.put(
          way, value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")));
    } else if (!value.isNull()) {
      fields.put(way, value.asString());
    }
  }
}
