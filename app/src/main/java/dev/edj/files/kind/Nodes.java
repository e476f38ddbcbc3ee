package dev.edj.files.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Place;
import dev.edj.parameter.SecretParameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The API's JSON, where what is null is left out, and what stands in it for secrets.
final class Nodes {

  static final String NAME = "name";
  static final String PARAMETERS = "parameters";
  static final String SECRETS = "secrets";
  static final String SAVE = "save";

  /// What is known of a secret that is there.
  static final String SECRET = "(secret)";

  /// What becomes of one that is given anew.
  static final String AGAIN = "(secret), set again";

  /// One that never came to where it was to be kept.
  static final String LOST = "(secret), lost on its way";

  /// What becomes of that.
  static final String ANOTHER = "another secret";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private Nodes() {}

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode of(Object value) {
    return (ObjectNode) tree(value);
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static ObjectNode without(ObjectNode node, String... fields) {
    ObjectNode copy = node.deepCopy();
    copy.remove(List.of(fields));
    return copy;
  }

  static String name(ObjectNode node) {
    return node.get(NAME).asString();
  }

  static FieldChange again(String field) {
    return new FieldChange(field, tree(SECRET), tree(AGAIN));
  }

  /// Secrets as a service has them: those that are not set have to be given at each start.
  static void putSecrets(ObjectNode node, List<SecretParameter> secrets) {
    ObjectNode marks = empty();
    secrets.forEach(secret -> marks.set(secret.name(), secret.set() ? tree(SECRET) : null));
    if (!marks.isEmpty()) {
      node.set(SECRETS, marks);
    }
  }

  /// Secrets as a file has them.
  static void putSecrets(
      ObjectNode node, @Nullable Map<String, ? extends @Nullable SecretSource> secrets) {
    ObjectNode marks = empty();
    if (secrets != null) {
      secrets.forEach((name, source) -> marks.set(name, source == null ? null : tree(SECRET)));
    }
    if (!marks.isEmpty()) {
      node.set(SECRETS, marks);
    }
  }

  static void putParameters(
      ObjectNode node, @Nullable Map<String, ? extends @Nullable String> parameters) {
    if (parameters != null && !parameters.isEmpty()) {
      node.set(PARAMETERS, tree(parameters));
    }
  }

  /// Takes out what is as it is without being said.
  static void removeDefaults(ObjectNode node, ObjectNode defaults) {
    defaults.forEachEntry((name, value) -> {
      if (value.equals(node.get(name))) {
        node.remove(name);
      }
    });
  }

  /// Takes out empty lists, objects and texts.
  static void removeEmpty(ObjectNode node, String... fields) {
    for (String field : fields) {
      JsonNode value = node.get(field);
      if (value != null && (value.isContainer() ? value.isEmpty() : value.asString().isEmpty())) {
        node.remove(field);
      }
    }
  }

  /// Names a variable where a secret is.
  ///
  /// @param words of the variable's name
  static JsonNode variable(String... words) {
    return of(SecretSource.ofEnvironment(SecretSource.variable(words)));
  }

  /// Names variables where secrets are; what has to be given at each start stays so.
  static void exportSecrets(ObjectNode node, String... words) {
    if (node.get(SECRETS) instanceof ObjectNode secrets) {
      for (String name : List.copyOf(secrets.propertyNames())) {
        if (!secrets.get(name).isNull()) {
          String[] all = Arrays.copyOf(words, words.length + 1);
          all[words.length] = name;
          secrets.set(name, variable(all));
        }
      }
    }
  }

  /// Secrets with their values, to be sent.
  static ObjectNode read(
      Map<String, ? extends @Nullable SecretSource> sources, Secrets secrets, Place place) {
    ObjectNode values = empty();
    sources.forEach((name, source) ->
        values.set(name, source == null ? null : tree(secrets.read(source, place))));
    return values;
  }
}
