package dev.edj.parameter;

import dev.edj.parameter.ParameterValue.Missing;
import dev.edj.parameter.ParameterValue.Secret;
import dev.edj.parameter.ParameterValue.Text;
import dev.edj.security.EncryptedPassword;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values by the names of their variables, which are the same whatever their case.
///
/// @param byName in the order of the names
public record ParameterValues(SortedMap<String, ParameterValue> byName) {

  public static final ParameterValues NONE = new ParameterValues(new TreeMap<>());

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String KEY_ID = "keyId";
  private static final String CIPHERTEXT = "ciphertext";
  private static final String OWNER = "owner";

  public ParameterValues {
    SortedMap<String, ParameterValue> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(byName);
    byName = Collections.unmodifiableSortedMap(sorted);
  }

  /// As the control database has it: a text is a string, a secret an object, a value to be given at
  /// each start null, and a secret to be given an empty object.
  public static ParameterValues parse(@Nullable String json) {
    if (json == null || json.equals("{}")) {
      return NONE;
    }
    SortedMap<String, ParameterValue> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    JSON.readTree(json)
        .propertyStream()
        .forEach(property -> values.put(property.getKey(), value(property.getValue())));
    return new ParameterValues(values);
  }

  /// What [#parse] reads.
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    byName.forEach((name, value) -> json.set(name, node(value)));
    return JSON.writeValueAsString(json);
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /// How the name is spelled here; empty when it is not here.
  Optional<String> spelling(String name) {
    return byName.containsKey(name)
        ? Optional.of(byName.tailMap(name).firstKey())
        : Optional.empty();
  }

  /// These values, and where there are none those of `others`.
  public ParameterValues over(ParameterValues others) {
    if (others.isEmpty()) {
      return this;
    }
    SortedMap<String, ParameterValue> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    merged.putAll(others.byName);
    byName.forEach((name, value) -> {
      merged.remove(name);
      merged.put(name, value);
    });
    return new ParameterValues(merged);
  }

  /// Those that everybody may read; null where one is to be given at each start.
  public Map<String, @Nullable String> readable() {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    byName.forEach((name, value) -> {
      switch (value) {
        case Text(String text) -> texts.put(name, text);
        case Missing(boolean secret) when !secret -> texts.put(name, null);
        case Missing _, Secret _ -> {}
      }
    });
    return texts;
  }

  /// What may be shown of those that are secret.
  public List<SecretParameter> secrets() {
    return byName.entrySet().stream()
        .filter(entry -> entry.getValue().secret())
        .map(entry -> new SecretParameter(entry.getKey(), entry.getValue() instanceof Secret))
        .toList();
  }

  /// The names of those that have no value yet.
  public List<String> missing() {
    return byName.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Missing)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static ParameterValue value(JsonNode node) {
    if (node.isNull()) {
      return new Missing(false);
    }
    if (node.isString()) {
      return new Text(node.stringValue());
    }
    if (node.isEmpty()) {
      return new Missing(true);
    }
    return new Secret(
        new EncryptedPassword(
            node.required(KEY_ID).stringValue(),
            Base64.getDecoder().decode(node.required(CIPHERTEXT).stringValue())),
        node.required(OWNER).stringValue());
  }

  private static JsonNode node(ParameterValue value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case Text(String text) -> nodes.stringNode(text);
      case Missing(boolean secret) -> secret ? nodes.objectNode() : nodes.nullNode();
      case Secret(EncryptedPassword encrypted, String owner) ->
          nodes
              .objectNode()
              .put(KEY_ID, encrypted.keyId())
              .put(CIPHERTEXT, Base64.getEncoder().encodeToString(encrypted.ciphertext()))
              .put(OWNER, owner);
    };
  }
}
