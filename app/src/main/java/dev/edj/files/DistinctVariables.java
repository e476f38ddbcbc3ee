package dev.edj.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sees that no two secrets of an export have one variable, which names that look alike would give
/// them: one value for both would send the password of one to the servers of the other. Used by one
/// thread.
final class DistinctVariables {

  private static final String ENVIRONMENT = "environment";

  private final Map<String, List<Use>> uses = new TreeMap<>();

  /// @param path by which this secret is told from others
  private record Use(ObjectNode source, String path) {

    /// By the secret's own names, so that which others there are does not change it.
    void lengthen() {
      CRC32 sum = new CRC32();
      sum.update(path.getBytes(StandardCharsets.UTF_8));
      source.put(
          ENVIRONMENT, "%s_%08X".formatted(source.get(ENVIRONMENT).asString(), sum.getValue()));
    }
  }

  private DistinctVariables() {}

  /// @param objects as they are declared
  static void tellApart(List<ObjectNode> objects) {
    DistinctVariables variables = new DistinctVariables();
    objects.forEach(object -> variables.find(object, object.path("name").asString("")));
    variables.uses.values().stream()
        .filter(alike -> alike.size() > 1)
        .forEach(alike -> alike.forEach(Use::lengthen));
  }

  private void find(JsonNode node, String path) {
    node.forEachEntry((name, value) -> {
      String field = path + "\n" + name;
      if (name.equals("password") || name.equals("webhook")) {
        add(value, field);
      } else if (name.equals("secrets")) {
        value.forEachEntry((secret, source) -> add(source, field + "\n" + secret));
      } else if (value.isArray()) {
        value.forEach(element ->
            find(element, field + "\n" + element.path("target") + element.path("database")));
      }
    });
  }

  private void add(JsonNode source, String path) {
    if (source instanceof ObjectNode node && node.has(ENVIRONMENT)) {
      uses.computeIfAbsent(node.get(ENVIRONMENT).asString(), _ -> new ArrayList<>())
          .add(new Use(node, path));
    }
  }
}
