package dev.edj.files;

import dev.edj.files.declaration.Kind;
import dev.edj.files.kind.Handling;
import dev.edj.files.kind.Handlings;
import dev.edj.files.kind.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a service has as files that declare it: one for each kind, in the order of names,
/// and one for each script and package. Exported again, what has not changed is the same to the
/// byte; and applied again, it changes nothing. Used by one thread.
public final class Export {

  private static final String SCHEMA = YamlText.SCHEMA;

  private final Service service;
  private final ContentFiles contentFiles = new ContentFiles();
  private final List<WrittenFile> files = new ArrayList<>();

  private Export(Service service) {
    this.service = service;
  }

  public static List<WrittenFile> of(Handlings handlings) {
    Map<Kind, List<ObjectNode>> declared = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      if (handlings.sees(kind)) {
        declared.put(kind, declared(handlings.of(kind)));
      }
    }
    DistinctVariables.tellApart(declared.values().stream().flatMap(List::stream).toList());
    Export export = new Export(handlings.service());
    declared.forEach(export::add);
    export.files.add(WrittenFile.of(SCHEMA, JsonSchema.of().toPrettyString() + "\n"));
    return List.copyOf(export.files);
  }

  private static List<ObjectNode> declared(Handling<?> handling) {
    return handling.present(_ -> true).stream()
        .filter(one -> !handling.isOutOfReach(one))
        .sorted(Comparator.comparing(handling::key))
        .map(handling::exported)
        .toList();
  }

  private void add(Kind kind, List<ObjectNode> declared) {
    if (kind == Kind.CONTENT) {
      declared.forEach(this::addContent);
    }
    files.add(WrittenFile.of(kind.plural() + ".yaml", YamlText.of(Map.of(kind, declared))));
  }

  private void addContent(ObjectNode content) {
    contentFiles.takeScript(content).ifPresent(files::add);
    if (content.has("dacpac")) {
      String name = content.get("name").asString();
      String file = contentFiles.name(name, ".dacpac");
      files.add(
          new WrittenFile(
              file,
              () -> service.download(Kind.CONTENT.plural(), name, "versions", "latest", "dacpac")));
      content.put("dacpac", file);
    }
  }
}
