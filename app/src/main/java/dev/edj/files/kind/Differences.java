package dev.edj.files.kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Finds the fields in which two objects differ.
final class Differences {

  private final List<FieldChange> found = new ArrayList<>();

  private Differences() {}

  static List<FieldChange> between(JsonNode before, JsonNode after) {
    Differences differences = new Differences();
    differences.compare("", before, after);
    return List.copyOf(differences.found);
  }

  private void compare(String field, @Nullable JsonNode before, @Nullable JsonNode after) {
    if (before == null || after == null) {
      if (before != null || after != null) {
        found.add(new FieldChange(field, before, after));
      }
    } else if (before.isObject() && after.isObject()) {
      compareFields(field, before, after);
    } else if (before instanceof ArrayNode one && after instanceof ArrayNode other) {
      compareElements(field, one, other);
    } else if (!before.equals(after)) {
      found.add(new FieldChange(field, before, after));
    }
  }

  private void compareFields(String field, JsonNode before, JsonNode after) {
    SequencedSet<String> names = new LinkedHashSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    for (String name : names) {
      compare(field.isEmpty() ? name : field + "." + name, before.get(name), after.get(name));
    }
  }

  /// Objects are compared one by one, single values all together.
  private void compareElements(String field, ArrayNode before, ArrayNode after) {
    Map<String, JsonNode> older = keyed(before);
    Map<String, JsonNode> newer = keyed(after);
    boolean objects =
        older.values().stream().allMatch(JsonNode::isObject)
            && newer.values().stream().allMatch(JsonNode::isObject);
    if (!objects) {
      if (!before.equals(after)) {
        found.add(new FieldChange(field, before, after));
      }
      return;
    }
    SequencedSet<String> keys = new LinkedHashSet<>(older.keySet());
    keys.addAll(newer.keySet());
    for (String key : keys) {
      compare("%s[%s]".formatted(field, key), older.get(key), newer.get(key));
    }
  }

  private static Map<String, JsonNode> keyed(ArrayNode array) {
    Map<String, JsonNode> keyed = new LinkedHashMap<>();
    for (JsonNode element : array) {
      keyed.put(key(element, keyed.size()), element);
    }
    return keyed;
  }

  /// By what an element is told from others: members of collections and databases with values by
  /// their names, roles by what they are and where, steps by their places.
  static String key(JsonNode element, int index) {
    if (element.has("membership")) {
      return element.get("target").asString();
    }
    if (element.has("role")) {
      String role = element.get("role").asString();
      return element.has("collection")
          ? role + " in " + element.get("collection").asString()
          : role;
    }
    if (element.has("server") && element.has("database")) {
      return element.get("server").asString() + "/" + element.get("database").asString();
    }
    return String.valueOf(index);
  }
}
