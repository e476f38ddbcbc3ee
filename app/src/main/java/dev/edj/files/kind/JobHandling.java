package dev.edj.files.kind;

import dev.edj.execution.ResultMode;
import dev.edj.execution.Rollout;
import dev.edj.execution.SchemaDrift;
import dev.edj.files.declaration.JobDeclaration;
import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Declared;
import dev.edj.job.Job;
import dev.edj.job.Jobs;
import dev.edj.job.NewJobStep;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Jobs with their steps. Whether one is enabled stays when the file does not say so.
final class JobHandling implements Handling<JobDeclaration> {

  private static final String DESCRIPTION = "description";
  private static final String ENABLED = "enabled";
  private static final String STEPS = "steps";
  private static final String ROLLOUT = "rollout";
  private static final String VERSION = "version";
  private static final String DESTINATION = "destination";
  private static final String DELETING = "deleting";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Service service;

  JobHandling(Service service) {
    this.service = service;
  }

  @Override
  public Kind kind() {
    return Kind.JOB;
  }

  @Override
  public String key(JobDeclaration declared) {
    return Names.checked(Nodes.NAME, declared.name());
  }

  @Override
  public String key(ObjectNode present) {
    return Nodes.name(present);
  }

  @Override
  public List<Mention> mentions(JobDeclaration declared) {
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < declared.steps().size(); i++) {
      NewJobStep step = declared.steps().get(i);
      String path = "%s[%d].".formatted(STEPS, i);
      mentions.add(new Mention(path + "content", Kind.CONTENT, step.content()));
      mentions.add(new Mention(path + "credential", Kind.CREDENTIAL, step.credential()));
      mentions.add(new Mention(path + "target", Kind.TARGET, step.target()));
      if (step.policy() != null) {
        mentions.add(new Mention(path + "policy", Kind.POLICY, step.policy()));
      }
      if (step.destination() != null) {
        mentions.add(
            new Mention(
                path + "destination.credential", Kind.CREDENTIAL, step.destination().credential()));
      }
    }
    return mentions;
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    return service.list(Job.class, Kind.JOB.plural()).stream().map(JobHandling::node).toList();
  }

  private static ObjectNode node(Job job) {
    ObjectNode node =
        Nodes.without(
            Nodes.of(job), STEPS, Nodes.PARAMETERS, Nodes.SECRETS, "createdAt", "updatedAt");
    if (!job.deleting()) {
      node.remove(DELETING);
    }
    ArrayNode steps = node.putArray(STEPS);
    job.steps().forEach(step -> steps.add(Nodes.without(Nodes.of(step), "stepId")));
    Nodes.putParameters(node, job.parameters());
    Nodes.putSecrets(node, job.secrets());
    return node;
  }

  @Override
  public ObjectNode wanted(Declared<JobDeclaration> declared, @Nullable ObjectNode present) {
    JobDeclaration job = declared.value();
    if (present != null && present.has(DELETING)) {
      throw new EdjException(
          ErrorCode.JOB_BEING_DELETED,
          Nodes.NAME,
          "job '%s' is being deleted; it can be made again when it is gone".formatted(job.name()));
    }
    Boolean enabled = job.enabled();
    ObjectNode node =
        Nodes.empty()
            .put(Nodes.NAME, job.name())
            .put(DESCRIPTION, Objects.requireNonNullElse(job.description(), ""))
            .put(
                ENABLED,
                enabled == null
                    ? present == null || present.get(ENABLED).asBoolean()
                    : enabled.booleanValue());
    if (present != null) {
      node.set(VERSION, present.get(VERSION));
    }
    ArrayNode steps = node.putArray(STEPS);
    Jobs.preview(job.steps()).forEach(step -> steps.add(Nodes.of(step)));
    Nodes.putParameters(node, job.parameters());
    Nodes.putSecrets(node, job.secrets());
    node.set(
        ROLLOUT, Nodes.tree(Objects.requireNonNullElse(job.rollout(), Rollout.AT_ONCE).checked()));
    return node;
  }

  @Override
  public boolean isOutOfReach(ObjectNode present) {
    return present.has(DELETING);
  }

  @Override
  public List<SecretUse> secrets(JobDeclaration declared) {
    List<SecretUse> uses = new ArrayList<>();
    secretsOf(declared)
        .forEach((name, source) -> {
          String field = Nodes.SECRETS + "." + name;
          if (source != null) {
            uses.add(new SecretUse(field, field, source));
          }
        });
    return uses;
  }

  private static Map<String, @Nullable SecretSource> secretsOf(JobDeclaration declared) {
    return declared.secrets() == null ? Map.of() : declared.secrets();
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = Nodes.without(present, VERSION);
    Nodes.removeDefaults(node, Nodes.empty().put(ENABLED, true));
    Nodes.removeEmpty(node, DESCRIPTION);
    for (JsonNode step : node.path(STEPS)) {
      removeDefaults((ObjectNode) step);
    }
    Nodes.exportSecrets(node, Nodes.name(node));
    ObjectNode rollout = (ObjectNode) node.get(ROLLOUT);
    Nodes.removeDefaults(rollout, Nodes.of(Rollout.AT_ONCE));
    Nodes.removeEmpty(node, ROLLOUT);
    return node;
  }

  private static void removeDefaults(ObjectNode step) {
    boolean sends = step.get(DESTINATION) instanceof ObjectNode;
    Nodes.removeDefaults(
        step,
        Nodes.empty()
            .put("policy", ExecutionPolicy.DEFAULT)
            .put("exactlyOnce", false)
            .put("barrier", false)
            .put("results", (sends ? ResultMode.Send : ResultMode.Keep).name()));
    Nodes.removeEmpty(step, "publishOptions");
    if (step.get(DESTINATION) instanceof ObjectNode destination) {
      Nodes.removeDefaults(
          destination,
          Nodes.empty().put("schemaDrift", SchemaDrift.Fail.name()).put("sourceColumns", false));
    }
  }

  @Override
  public void create(Order<JobDeclaration> order, Secrets secrets) {
    ObjectNode body = order.wanted().deepCopy();
    body.set(
        Nodes.SECRETS,
        Nodes.read(
            secretsOf(order.declared().value()), secrets, order.declared().place(Nodes.SECRETS)));
    service.send("POST", body, Kind.JOB.plural());
  }

  /// Secrets are changed one by one, all else as a whole.
  @Override
  public void update(Order<JobDeclaration> order, ObjectNode present, Secrets secrets) {
    ObjectNode body = Nodes.empty();
    List.of(DESCRIPTION, ENABLED, STEPS, ROLLOUT).stream()
        .filter(order::changes)
        .forEach(field -> body.set(field, order.wanted().get(field)));
    if (order.changes(Nodes.PARAMETERS)) {
      JsonNode parameters = order.wanted().get(Nodes.PARAMETERS);
      body.set(Nodes.PARAMETERS, parameters == null ? Nodes.empty() : parameters);
    }
    putSecrets(body, order, secrets);
    body.set("expectedVersion", present.get(VERSION));
    service.send("PATCH", body, Kind.JOB.plural(), Nodes.name(present));
  }

  private static void putSecrets(ObjectNode body, Order<JobDeclaration> order, Secrets secrets) {
    Map<String, @Nullable SecretSource> declared = secretsOf(order.declared().value());
    Map<String, @Nullable SecretSource> given = new HashMap<>();
    List<String> removed = new ArrayList<>();
    for (FieldChange change : order.changes()) {
      if (change.top().equals(Nodes.SECRETS)) {
        names(change)
            .forEach(name -> {
              if (declared.containsKey(name)) {
                given.put(name, declared.get(name));
              } else {
                removed.add(name);
              }
            });
      }
    }
    if (!given.isEmpty()) {
      body.set(
          Nodes.SECRETS,
          Nodes.read(new TreeMap<>(given), secrets, order.declared().place(Nodes.SECRETS)));
    }
    if (!removed.isEmpty()) {
      body.set("removedSecrets", Nodes.tree(removed));
    }
  }

  /// One secret, or all of them where there were none or are to be none.
  private static List<String> names(FieldChange change) {
    if (!change.field().equals(Nodes.SECRETS)) {
      return List.of(change.field().substring(Nodes.SECRETS.length() + 1));
    }
    JsonNode all = change.before() == null ? change.after() : change.before();
    return List.copyOf(Objects.requireNonNull(all).propertyNames());
  }

  /// It goes with its history once its executions have ended, and what it uses only after it: this
  /// waits for a while. What still runs then is told by whatever is to be deleted next.
  @Override
  public void delete(ObjectNode present) {
    String[] path = {Kind.JOB.plural(), Nodes.name(present)};
    service.delete(path);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (service.has(path) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
