package dev.edj.files.kind;

import dev.edj.engine.CertificatePin;
import dev.edj.engine.ServerName;
import dev.edj.files.declaration.ChildDeclaration;
import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.declaration.TargetDeclaration;
import dev.edj.files.declaration.ValuesDeclaration;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Faults;
import dev.edj.problem.EdjException;
import dev.edj.target.ChildTarget;
import dev.edj.target.Membership;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.Target;
import dev.edj.target.TargetDatabase;
import dev.edj.target.TargetKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Targets, with the members of collections and what listed databases carry. What a file does not
/// say of a server's settings stays, since several targets can lead to one server; so do members
/// and values when it has no list of them.
final class TargetHandling implements Handling<TargetDeclaration> {

  private static final String KIND = "kind";
  private static final String SERVER = "server";
  private static final String DATABASE = "database";
  private static final String CREDENTIAL = "credential";
  private static final String SYSTEM_DATABASES = "includeSystemDatabases";
  private static final String NAME_PATTERNS = "namePatterns";
  private static final String EXCLUDE_PATTERNS = "excludePatterns";
  private static final String SETTINGS = "settings";
  private static final String CHILDREN = "children";
  private static final String VALUES = "values";
  private static final String TARGET = "target";
  private static final String MEMBERSHIP = "membership";
  private static final String TRUSTED = "trustedCertificate";

  /// What a target is.
  private static final List<String> NATURAL_KEY =
      List.of(KIND, SERVER, DATABASE, "shardMap", "pool");

  private final Service service;

  TargetHandling(Service service) {
    this.service = service;
  }

  @Override
  public Kind kind() {
    return Kind.TARGET;
  }

  @Override
  public String key(TargetDeclaration declared) {
    if (declared.children() != null && declared.kind() != TargetKind.CustomCollection) {
      throw EdjException.invalid(CHILDREN, "only a CustomCollection has children");
    }
    if (declared.values() != null && !lists(declared.kind())) {
      throw EdjException.invalid(
          VALUES, "only a Server, an ElasticPool and a ShardMap list databases that carry values");
    }
    return declared.target().checkedName();
  }

  @Override
  public String key(ObjectNode present) {
    return Nodes.name(present);
  }

  @Override
  public List<Mention> mentions(TargetDeclaration declared) {
    List<Mention> mentions = new ArrayList<>();
    if (declared.credential() != null) {
      mentions.add(new Mention(CREDENTIAL, Kind.CREDENTIAL, declared.credential()));
    }
    List<ChildDeclaration> children = childrenOf(declared);
    for (int i = 0; i < children.size(); i++) {
      String field = "%s[%d].%s".formatted(CHILDREN, i, TARGET);
      mentions.add(new Mention(field, Kind.TARGET, children.get(i).target()));
    }
    return mentions;
  }

  static List<ChildDeclaration> childrenOf(TargetDeclaration declared) {
    return Objects.requireNonNullElse(declared.children(), List.of());
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    return service.list(Target.class, Kind.TARGET.plural()).stream()
        .map(target -> closely.test(target.name()) ? closely(target) : node(target))
        .toList();
  }

  private static ObjectNode node(Target target) {
    return Nodes.without(Nodes.of(target), "id", "createdAt", "updatedAt");
  }

  private ObjectNode closely(Target target) {
    ObjectNode node = node(target);
    String[] path = {Kind.TARGET.plural(), target.id().toString()};
    if (target.kind() == TargetKind.CustomCollection) {
      ArrayNode children = node.putArray(CHILDREN);
      service
          .list(ChildTarget.class, path[0], path[1], CHILDREN)
          .forEach(child -> children.add(node(child)));
    }
    if (lists(target.kind())) {
      ArrayNode values = node.putArray(VALUES);
      service
          .list(TargetDatabase.class, path[0], path[1], VALUES)
          .forEach(database -> values.add(node(database)));
    }
    return node;
  }

  private static boolean lists(TargetKind kind) {
    return switch (kind) {
      case Server, ElasticPool, ShardMap -> true;
      case Database, CustomCollection -> false;
    };
  }

  private static ObjectNode node(ChildTarget child) {
    ObjectNode node =
        Nodes.empty().put(TARGET, child.target().name()).put(MEMBERSHIP, child.membership().name());
    Nodes.putParameters(node, child.parameters());
    Nodes.putSecrets(node, child.secrets());
    return node;
  }

  private static ObjectNode node(TargetDatabase database) {
    ObjectNode node =
        Nodes.empty().put(SERVER, database.server()).put(DATABASE, database.database());
    Nodes.putParameters(node, database.parameters());
    Nodes.putSecrets(node, database.secrets());
    return node;
  }

  @Override
  public ObjectNode wanted(Declared<TargetDeclaration> declared, @Nullable ObjectNode present) {
    TargetDeclaration target = declared.value();
    ObjectNode node =
        Nodes.without(Nodes.of(target.target()), SETTINGS).put(Nodes.NAME, key(target));
    if (target.server() != null) {
      node.put(SERVER, ServerName.parse(target.server()).canonical());
    }
    if (!node.has(SYSTEM_DATABASES)) {
      node.put(SYSTEM_DATABASES, false);
    }
    node.set(NAME_PATTERNS, distinct(target.namePatterns()));
    node.set(EXCLUDE_PATTERNS, distinct(target.excludePatterns()));
    putSettings(node, target.settings(), present);
    putMembers(node, target, present);
    return node;
  }

  /// Several targets can lead to one server, which has its settings once.
  @Override
  public void checkTogether(Collection<Declared<TargetDeclaration>> all, Faults faults) {
    Map<String, Said> first = new HashMap<>();
    for (Declared<TargetDeclaration> target : all) {
      try {
        settings(target)
            .forEachEntry((field, value) -> {
              Said said = new Said(target, value);
              Said other = first.putIfAbsent(server(target) + " " + field, said);
              if (other != null && !value.equals(other.value())) {
                faults.add(
                    target.place(SETTINGS + "." + field),
                    SETTINGS + "." + field,
                    "of the same server, something else is said at " + other.target().place());
              }
            });
      } catch (EdjException e) {
        faults.add(target, e);
      }
    }
  }

  /// What a target says of one setting of its server.
  private record Said(Declared<TargetDeclaration> target, JsonNode value) {}

  private static ObjectNode settings(Declared<TargetDeclaration> target) {
    ServerSettingsChange settings = target.value().settings();
    return settings == null || target.value().server() == null ? Nodes.empty() : normal(settings);
  }

  private static String server(Declared<TargetDeclaration> target) {
    return canonical(Objects.requireNonNull(target.value().server()));
  }

  private static JsonNode distinct(@Nullable List<String> patterns) {
    return Nodes.tree(patterns == null ? List.of() : patterns.stream().distinct().toList());
  }

  private static void putSettings(
      ObjectNode node, @Nullable ServerSettingsChange settings, @Nullable ObjectNode present) {
    ObjectNode all =
        present == null || !present.has(SETTINGS)
            ? Nodes.empty()
            : ((ObjectNode) present.get(SETTINGS)).deepCopy();
    if (settings != null) {
      all.setAll(normal(settings));
    }
    if (all.path(TRUSTED).asString("").isBlank()) {
      all.remove(TRUSTED);
    }
    if (!all.isEmpty()) {
      node.set(SETTINGS, all);
    }
  }

  private static ObjectNode normal(ServerSettingsChange settings) {
    ObjectNode node = Nodes.of(settings);
    if (settings.pinnedCertificates() != null) {
      node.set(
          "pinnedCertificates",
          Nodes.tree(
              settings.pinnedCertificates().stream().map(TargetHandling::pin).distinct().toList()));
    }
    if (settings.passwordMethods() != null) {
      node.set(
          "passwordMethods",
          Nodes.tree(settings.passwordMethods().stream().distinct().sorted().toList()));
    }
    return node;
  }

  private static String pin(String text) {
    try {
      return CertificatePin.parse(text).sha256();
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid("settings.pinnedCertificates", String.valueOf(e.getMessage()));
    }
  }

  private static void putMembers(
      ObjectNode node, TargetDeclaration target, @Nullable ObjectNode present) {
    if (target.children() != null) {
      ArrayNode children = node.putArray(CHILDREN);
      target.children().forEach(child -> children.add(node(child)));
      requireDistinct(CHILDREN, children);
    } else if (present != null && present.has(CHILDREN)) {
      node.set(CHILDREN, present.get(CHILDREN));
    }
    if (target.values() != null) {
      ArrayNode values = node.putArray(VALUES);
      target.values().forEach(database -> values.add(node(database)));
      requireDistinct(VALUES, values);
    } else if (present != null && present.has(VALUES)) {
      node.set(VALUES, present.get(VALUES));
    }
  }

  private static void requireDistinct(String field, ArrayNode elements) {
    if (keyed(elements).size() < elements.size()) {
      throw EdjException.invalid(field, "names one twice");
    }
  }

  private static ObjectNode node(ChildDeclaration child) {
    ObjectNode node =
        Nodes.empty()
            .put(TARGET, child.target())
            .put(
                MEMBERSHIP,
                Objects.requireNonNullElse(child.membership(), Membership.Include).name());
    Nodes.putParameters(node, child.parameters());
    Nodes.putSecrets(node, child.secrets());
    return node;
  }

  private static ObjectNode node(ValuesDeclaration database) {
    ObjectNode node =
        Nodes.empty().put(SERVER, canonical(database.server())).put(DATABASE, database.database());
    Nodes.putParameters(node, database.parameters());
    Nodes.putSecrets(node, database.secrets());
    return node;
  }

  private static String canonical(String server) {
    try {
      return ServerName.parse(server).canonical();
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid(VALUES, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<SecretUse> secrets(TargetDeclaration declared) {
    List<SecretUse> uses = new ArrayList<>();
    for (ChildDeclaration child : childrenOf(declared)) {
      addUses("%s[%s]".formatted(CHILDREN, child.target()), child.secrets(), uses);
    }
    for (ValuesDeclaration database : valuesOf(declared)) {
      addUses("%s[%s]".formatted(VALUES, key(database)), database.secrets(), uses);
    }
    return uses;
  }

  private static void addUses(
      String scope, @Nullable Map<String, SecretSource> secrets, List<SecretUse> uses) {
    if (secrets != null) {
      secrets.forEach((name, source) ->
          uses.add(new SecretUse("%s.%s.%s".formatted(scope, Nodes.SECRETS, name), scope, source)));
    }
  }

  private static List<ValuesDeclaration> valuesOf(TargetDeclaration declared) {
    return Objects.requireNonNullElse(declared.values(), List.of());
  }

  private static String key(ValuesDeclaration database) {
    return canonical(database.server()) + "/" + database.database();
  }

  @Override
  public Set<String> fixed() {
    return Set.copyOf(NATURAL_KEY);
  }

  @Override
  public Optional<String> obstacle(Declared<TargetDeclaration> declared, List<ObjectNode> all) {
    ObjectNode wanted = wanted(declared, null);
    if (declared.value().kind() == TargetKind.CustomCollection || isGroup(wanted)) {
      return Optional.empty();
    }
    return all.stream()
        .filter(present -> !isGroup(present))
        .filter(present -> naturalKey(present).equals(naturalKey(wanted)))
        .findFirst()
        .map(present ->
            "the service has it under the name '%s'; use that name".formatted(key(present)));
  }

  private static boolean isGroup(ObjectNode target) {
    return Stream.of(NAME_PATTERNS, EXCLUDE_PATTERNS)
        .anyMatch(field -> !target.path(field).isEmpty());
  }

  private static List<String> naturalKey(ObjectNode target) {
    return NATURAL_KEY.stream().map(field -> target.path(field).asString("")).toList();
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = present.deepCopy();
    String name = Nodes.name(node);
    Nodes.removeDefaults(node, Nodes.empty().put(SYSTEM_DATABASES, false));
    Nodes.removeEmpty(node, NAME_PATTERNS, EXCLUDE_PATTERNS, VALUES);
    for (JsonNode child : node.path(CHILDREN)) {
      Nodes.removeDefaults(
          (ObjectNode) child, Nodes.empty().put(MEMBERSHIP, Membership.Include.name()));
      Nodes.exportSecrets((ObjectNode) child, name, child.get(TARGET).asString());
    }
    for (JsonNode database : node.path(VALUES)) {
      Nodes.exportSecrets((ObjectNode) database, name, database.get(DATABASE).asString());
    }
    return node;
  }

  @Override
  public void create(Order<TargetDeclaration> order, Secrets secrets) {
    ObjectNode body = Nodes.without(order.wanted(), CHILDREN, VALUES);
    if (!body.path(SYSTEM_DATABASES).asBoolean()) {
      body.remove(SYSTEM_DATABASES);
    }
    List.of(NAME_PATTERNS, EXCLUDE_PATTERNS).stream()
        .filter(field -> body.path(field).isEmpty())
        .forEach(body::remove);
    service.send("POST", body, Kind.TARGET.plural());
    changeMembers(order, Nodes.empty(), secrets);
  }

  @Override
  public void update(Order<TargetDeclaration> order, ObjectNode present, Secrets secrets) {
    ObjectNode body = Nodes.empty();
    ObjectNode wanted = order.wanted();
    if (order.changes(CREDENTIAL)) {
      body.put(CREDENTIAL, wanted.path(CREDENTIAL).asString(""));
    }
    List.of(SYSTEM_DATABASES, NAME_PATTERNS, EXCLUDE_PATTERNS).stream()
        .filter(order::changes)
        .forEach(field -> body.set(field, wanted.get(field)));
    if (order.changes(SETTINGS)) {
      body.set(SETTINGS, Nodes.tree(Objects.requireNonNull(order.declared().value().settings())));
    }
    if (!body.isEmpty()) {
      service.send("PATCH", body, Kind.TARGET.plural(), key(present));
    }
    changeMembers(order, present, secrets);
  }

  private void changeMembers(Order<TargetDeclaration> order, ObjectNode present, Secrets secrets) {
    changeChildren(order, keyed(present.path(CHILDREN)), secrets);
    changeValues(order, keyed(present.path(VALUES)), secrets);
  }

  /// What leaves goes first: a collection may be about to be put into one that was in it.
  private void changeChildren(
      Order<TargetDeclaration> order, Map<String, JsonNode> before, Secrets secrets) {
    String collection = Nodes.name(order.wanted());
    Map<String, JsonNode> after = keyed(order.wanted().path(CHILDREN));
    before.keySet().stream()
        .filter(child -> !after.containsKey(child))
        .forEach(child -> service.delete(Kind.TARGET.plural(), collection, CHILDREN, child));
    for (ChildDeclaration child : childrenOf(order.declared().value())) {
      JsonNode wanted = Objects.requireNonNull(after.get(child.target()));
      if (!wanted.equals(before.get(child.target()))
          || isSetAgain(order, CHILDREN, child.target())) {
        ObjectNode body = ((ObjectNode) wanted).deepCopy();
        if (!body.path(MEMBERSHIP).asString().equals(Membership.Exclude.name())) {
          putValues(body, child.secrets(), order, secrets);
        }
        service.send("POST", body, Kind.TARGET.plural(), collection, CHILDREN);
      }
    }
  }

  private void changeValues(
      Order<TargetDeclaration> order, Map<String, JsonNode> before, Secrets secrets) {
    String target = Nodes.name(order.wanted());
    Map<String, JsonNode> after = keyed(order.wanted().path(VALUES));
    before.forEach((key, database) -> {
      if (!after.containsKey(key)) {
        service.send(
            "PUT",
            Nodes.without((ObjectNode) database, Nodes.PARAMETERS, Nodes.SECRETS),
            Kind.TARGET.plural(),
            target,
            VALUES);
      }
    });
    for (ValuesDeclaration database : valuesOf(order.declared().value())) {
      String key = key(database);
      JsonNode wanted = Objects.requireNonNull(after.get(key));
      if (!wanted.equals(before.get(key)) || isSetAgain(order, VALUES, key)) {
        ObjectNode body = ((ObjectNode) wanted).deepCopy();
        putValues(body, database.secrets(), order, secrets);
        service.send("PUT", body, Kind.TARGET.plural(), target, VALUES);
      }
    }
  }

  private static boolean isSetAgain(Order<TargetDeclaration> order, String field, String key) {
    String prefix = "%s[%s].".formatted(field, key);
    return order.changes().stream().anyMatch(change -> change.field().startsWith(prefix));
  }

  /// All that it is to carry: the service replaces its values as a whole.
  private static void putValues(
      ObjectNode body,
      @Nullable Map<String, SecretSource> sources,
      Order<TargetDeclaration> order,
      Secrets secrets) {
    if (!body.has(Nodes.PARAMETERS)) {
      body.putObject(Nodes.PARAMETERS);
    }
    body.set(
        Nodes.SECRETS,
        Nodes.read(sources == null ? Map.of() : sources, secrets, order.declared().place()));
  }

  private static Map<String, JsonNode> keyed(JsonNode elements) {
    Map<String, JsonNode> keyed = new HashMap<>();
    elements.forEach(element -> keyed.put(Differences.key(element, keyed.size()), element));
    return keyed;
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.TARGET.plural(), Nodes.name(present));
  }
}
