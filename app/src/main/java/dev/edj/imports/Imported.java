package dev.edj.imports;

import dev.edj.engine.ServerName;
import dev.edj.files.NewDeclarations;
import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Faults;
import dev.edj.files.source.Place;
import dev.edj.problem.EdjException;
import dev.edj.target.NewTarget;
import dev.edj.target.TargetKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an import found, and what a person has to know of it. Used by one thread.
public final class Imported {

  private static final String CREDENTIAL = "credential";

  private final Path file;
  private final NewDeclarations declarations = new NewDeclarations();
  private final SequencedSet<String> warnings = new TreeSet<>();
  private final Faults faults = new Faults();
  private final Map<String, Map<String, ObjectNode>> members = new HashMap<>();

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
      boolean known = declarations.has(Kind.TARGET, name);
      ObjectNode node = declarations.keyed(Kind.TARGET, name);
      if (!known) {
        node.put("kind", target.kind().name()).put("name", name).put("server", target.server());
        put(node, "database", target.database());
        put(node, "shardMap", target.shardMap());
        put(node, "pool", target.pool());
      }
      putCredential(node, target.credential());
      return name;
    } catch (EdjException e) {
      fault(line, e.text());
      return null;
    }
  }

  /// A target has one; the first that it is there with.
  private void putCredential(ObjectNode target, @Nullable String credential) {
    String before = target.path(CREDENTIAL).asString("");
    if (before.isEmpty()) {
      put(target, CREDENTIAL, credential);
    } else if (credential != null && !credential.equals(before)) {
      warn(
          "'%s' is there with the login '%s', and with '%s', too; the target has the first"
              .formatted(target.get("name").asString(), before, credential));
    }
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  /// The name of a file without its ending: what is in it is called so where nobody says otherwise.
  static String baseName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /// A credential with a password that is not known, which may be sent to the servers; declared
  /// when it is not yet.
  void credential(String name, String userName, Collection<String> servers) {
    if (!declarations.has(Kind.CREDENTIAL, name)) {
      declarations
          .named(Kind.CREDENTIAL, name)
          .put("userName", userName)
          .putObject("password")
          .put("environment", SecretSource.variable("password", name));
      warn(
          "the password of '%s' is not there to be read; put it into the variable that the declaration names"
              .formatted(name));
    }
    allow(name, servers);
  }

  /// Lets a credential that is declared be sent to the servers.
  void allow(String credential, Collection<String> servers) {
    ObjectNode node = declarations.named(Kind.CREDENTIAL, credential);
    ArrayNode allowed =
        node.get("servers") instanceof ArrayNode there ? there : node.putArray("servers");
    for (String server : servers) {
      String canonical = canonical(server);
      if (allowed.valueStream().noneMatch(one -> one.asString().equals(canonical))) {
        allowed.add(canonical);
      }
    }
  }

  private static String canonical(String server) {
    try {
      return ServerName.parse(server).canonical();
    } catch (IllegalArgumentException e) {
      // Told when the target is made, or by the plan.
      return server;
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
    return members
        .computeIfAbsent(collection, _ -> new HashMap<>())
        .computeIfAbsent(target, _ -> children(collection).addObject().put("target", target));
  }
}
