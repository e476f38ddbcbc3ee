package dev.edj.e2e;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fields that the OpenAPI document says are only ever written: where the API takes secrets.
final class SecretFields {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode document;

  SecretFields(JsonNode document) {
    this.document = document;
  }

  /// Each as its route and its place in the body: `POST /api/v1/credentials password`.
  Set<String> all() {
    Set<String> fields = new TreeSet<>();
    document
        .path("paths")
        .forEachEntry((path, operations) ->
            operations.forEachEntry((method, operation) ->
                collect(
                    operation.at("/requestBody/content/application~1json/schema"),
                    method.toUpperCase(Locale.ROOT) + " " + path,
                    "",
                    fields)));
    return fields;
  }

  private void collect(JsonNode schema, String route, String place, Set<String> fields) {
    resolved(schema)
        .path("properties")
        .forEachEntry((name, property) -> {
          if (property.path("writeOnly").asBoolean()) {
            fields.add(route + " " + place + name);
          } else {
            collect(property, route, place + name + ".", fields);
          }
        });
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty() ? schema : document.at(reference.substring(1));
  }

  /// Those of `fields` that requests brought to an end that was meant: a value was taken, or not.
  static Set<String> sent(Set<String> fields, Collection<Asker.Answer> answers, boolean taken) {
    Set<String> sent = new TreeSet<>();
    for (Asker.Answer answer : answers) {
      if (answer.isTaken() == taken) {
        for (String field : fields) {
          String[] words = field.split(" ", 3);
          if (answer.method().equals(words[0])
              && answer.path().matches(words[1].replaceAll("\\{[^}]+}", "[^/]+"))
              && holds(answer.sent(), words[2])) {
            sent.add(field);
          }
        }
      }
    }
    return sent;
  }

  private static boolean holds(String body, String place) {
    try {
      JsonNode value = JSON.readTree(body).at("/" + place.replace('.', '/'));
      return value.isString() || (value.isObject() && !value.isEmpty());
    } catch (JacksonException e) {
      return false; // Made wrong on purpose.
    }
  }
}
