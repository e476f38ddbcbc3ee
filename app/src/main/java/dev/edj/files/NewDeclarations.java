package dev.edj.files;

import dev.edj.files.declaration.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects that are to be written down as declarations, by their kinds and names. Used by one
/// thread.
public final class NewDeclarations {

  private final Map<Kind, SequencedMap<String, ObjectNode>> objects = new EnumMap<>(Kind.class);

  /// The object of that name, made when it is not there.
  public ObjectNode named(Kind kind, String name) {
    return keyed(kind, name).put("name", name);
  }

  /// One that has no name.
  public ObjectNode keyed(Kind kind, String key) {
    return objects
        .computeIfAbsent(kind, _ -> new LinkedHashMap<>())
        .computeIfAbsent(key, _ -> JsonNodeFactory.instance.objectNode());
  }

  public boolean has(Kind kind, String name) {
    return objects.containsKey(kind) && objects.get(kind).containsKey(name);
  }

  public int count() {
    return objects.values().stream().mapToInt(Map::size).sum();
  }

  /// All in one text.
  public String text() {
    return YamlText.of(lists());
  }

  /// A file with all, and one for each script.
  public List<WrittenFile> files(String name) {
    ContentFiles contents = new ContentFiles();
    List<WrittenFile> files = new ArrayList<>();
    Collection<ObjectNode> scripts =
        objects.getOrDefault(Kind.CONTENT, new LinkedHashMap<>()).values();
    scripts.forEach(content -> contents.takeScript(content).ifPresent(files::add));
    files.addFirst(WrittenFile.of(name, text()));
    return files;
  }

  private Map<Kind, List<ObjectNode>> lists() {
    DistinctVariables.tellApart(
        objects.values().stream().flatMap(named -> named.values().stream()).toList());
    Map<Kind, List<ObjectNode>> lists = new EnumMap<>(Kind.class);
    objects.forEach((kind, named) -> lists.put(kind, List.copyOf(named.values())));
    return lists;
  }
}
