package dev.edj.files.source;

import dev.edj.files.declaration.Kind;
import dev.edj.text.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads all that files declare. Used by one thread.
public final class DeclarationReader {

  private static final List<String> KINDS = Arrays.stream(Kind.values()).map(Kind::plural).toList();

  private final Faults faults;
  private final Map<Kind, List<Declared<? extends Record>>> read = new EnumMap<>(Kind.class);

  private DeclarationReader(Faults faults) {
    this.faults = faults;
  }

  /// What is declared, by its kind; a kind that no file has a list of is missing.
  ///
  /// @param named files, and directories with files
  public static Map<Kind, List<Declared<? extends Record>>> read(List<Path> named, Faults faults) {
    DeclarationReader reader = new DeclarationReader(faults);
    for (Path file : YamlFiles.find(named)) {
      YamlFiles.read(file, faults).forEach(reader::document);
    }
    return reader.read;
  }

  private void document(YamlFiles.Document document) {
    if (document.isEmpty()) {
      return;
    }
    Binder binder = new Binder(document.file(), faults);
    if (!(document.root() instanceof MappingNode root)) {
      faults.add(
          binder.place(document.root()), "must begin with one of " + String.join(", ", KINDS));
      return;
    }
    binder.entries(root).forEach((name, entry) -> list(binder, name, entry));
  }

  private void list(Binder binder, String name, NodeTuple entry) {
    Kind kind = Kind.ofPlural(name).orElse(null);
    if (kind == null) {
      faults.add(
          binder.place(entry.getKeyNode()),
          name,
          "is nothing that can be declared; "
              + Spelling.nearest(name, KINDS)
                  .map("did you mean '%s'?"::formatted)
                  .orElseGet(() -> "there are " + String.join(", ", KINDS)));
      return;
    }
    if (!(entry.getValueNode() instanceof SequenceNode list)) {
      faults.add(
          binder.place(entry.getKeyNode()), name, "must be a list; write [] where there is none");
      return;
    }
    List<Declared<? extends Record>> declared = read.computeIfAbsent(kind, _ -> new ArrayList<>());
    for (Node node : list.getValue()) {
      binder.bind(kind.type(), node).ifPresent(declared::add);
    }
  }
}
