package dev.edj.files;

import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Omissions;
import dev.edj.files.source.Words;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON schema of declarative files, made of the records that they are bound to: editors
/// complete and check by it. Used by one thread.
public final class JsonSchema {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String DEFINITIONS = "$defs";

  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  private JsonSchema() {}

  public static ObjectNode of() {
    return new JsonSchema().schema();
  }

  private ObjectNode schema() {
    ObjectNode schema =
        object()
            .put("$schema", DIALECT)
            .put("title", "Declarative files of EDJ, Elastic Database Jobs")
            .put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (Kind kind : Kind.values()) {
      ObjectNode list = properties.putObject(kind.plural()).put("type", "array");
      list.set("items", reference(kind.type()));
    }
    schema.put("additionalProperties", false);
    ObjectNode all = schema.putObject(DEFINITIONS);
    definitions.forEach(all::set);
    return schema;
  }

  private ObjectNode reference(Class<?> type) {
    String name = type.getSimpleName();
    if (!definitions.containsKey(name)) {
      // Known before it is made: a record may come back to itself.
      definitions.put(name, object());
      definitions.put(name, record(type));
    }
    return object().put("$ref", "#/%s/%s".formatted(DEFINITIONS, name));
  }

  private ObjectNode record(Class<?> type) {
    ObjectNode record = object().put("type", "object");
    ObjectNode properties = record.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.set(component.getName(), property(component));
      if (!Omissions.mayBeMissing(component)) {
        required.add(component.getName());
      }
    }
    if (!required.isEmpty()) {
      record.set("required", required);
    }
    if (type == SecretSource.class || type == SecretDestination.class) {
      record.put("minProperties", 1).put("maxProperties", 1);
    }
    return record.put("additionalProperties", false);
  }

  /// Values of variables may look like numbers.
  private ObjectNode property(RecordComponent component) {
    ObjectNode property = schema(component.getGenericType());
    if (property.get("additionalProperties") instanceof ObjectNode plain) {
      ObjectNode value = plain.path("type").asString("").equals("string") ? anyText() : plain;
      if (Omissions.valuesMayBeMissing(component)) {
        ArrayNode either = property.putObject("additionalProperties").putArray("anyOf");
        either.add(value).add(object().put("type", "null"));
      } else {
        property.set("additionalProperties", value);
      }
    }
    return property;
  }

  private static ObjectNode anyText() {
    ObjectNode text = object();
    text.putArray("type").add("string").add("number").add("boolean");
    return text;
  }

  private ObjectNode schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      Type element = generic.getActualTypeArguments()[list ? 0 : 1];
      ObjectNode schema = object().put("type", list ? "array" : "object");
      schema.set(list ? "items" : "additionalProperties", schema(element));
      return schema;
    }
    if (type instanceof Class<?> simple) {
      return simple.isRecord() ? reference(simple) : scalar(simple);
    }
    throw new IllegalStateException("a component of a type that files cannot have: " + type);
  }

  private static ObjectNode scalar(Class<?> type) {
    if (type.isEnum()) {
      ObjectNode schema = object().put("type", "string");
      ArrayNode constants = schema.putArray("enum");
      Words.of(type).forEach(constants::add);
      return schema;
    }
    if (type == Duration.class) {
      return object().put("type", "string").put("description", "30s, 1h30m, 7d or PT30M");
    }
    return object()
        .put(
            "type",
            type == Integer.class
                ? "integer"
                : type == Double.class ? "number" : type == Boolean.class ? "boolean" : "string");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
