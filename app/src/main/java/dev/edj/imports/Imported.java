package dev.edj.imports;

import dev.edj.files.NewDeclarations;
import dev.edj.files.declaration.Kind;
import dev.edj.files.source.Faults;
import dev.edj.files.source.Place;
import dev.edj.problem.EdjException;
import dev.edj.target.NewTarget;
import dev.edj.target.TargetKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an import found, and what a person has to know of it. Used by one thread.
public final class Imported {

  private final Path file;
  private final NewDeclarations declarations = new NewDeclarations();
  private final SequencedSet<String> warnings = new TreeSet<>();
  private final Faults faults = new Faults();

  Imported(Path file) {
    this.file = file;
  }

  public NewDeclarations declarations() {
    return declarations;
  }

  /// What could not be carried over, or has to be seen to.
  public List<String> warnings() {
    return new ArrayList<>(warnings);
  }

  void warn(String sentence) {
    warnings.add(sentence);
  }

  /// Something wrong in a line of the file.
  void fault(int line, String reason) {
    faults.add(new Place(file, line, 1), reason);
  }

  /// The same, refused if anything was wrong.
  Imported checked() {
    faults.refuse();
    if (declarations.count() == 0) {
      throw EdjException.invalid(file.toString(), "there is nothing in it to import");
    }
    return this;
  }

  /// The name of a target that the service would give it; declared when it is not yet.
  ///
  /// @param line to name when it can be none
  @Nullable String target(int line, NewTarget target) {
    try {
      String name = target.checkedName();
      if (!declarations.has(Kind.TARGET, name)) {
        ObjectNode node = declarations.keyed(Kind.TARGET, name);
        node.put("kind", target.kind().name()).put("name", name).put("server", target.server());
        put(node, "database", target.database());
        put(node, "shardMap", target.shardMap());
        put(node, "pool", target.pool());
        put(node, "credential", target.credential());
      }
      return name;
    } catch (EdjException e) {
      fault(line, e.text());
      return null;
    }
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  /// The members of a collection, which is declared when it is not yet.
  ArrayNode children(String collection) {
    ObjectNode node = declarations.keyed(Kind.TARGET, collection);
    if (!node.has("children")) {
      node.put("kind", TargetKind.CustomCollection.name()).put("name", collection);
      node.putArray("children");
    }
    return (ArrayNode) node.get("children");
  }

  /// The member, once; the first that was said of it stays.
  ObjectNode child(String collection, String target) {
    ArrayNode children = children(collection);
    for (JsonNode child : children) {
      if (child.get("target").asString().equals(target)) {
        return (ObjectNode) child;
      }
    }
    return children.addObject().put("target", target);
  }
}
