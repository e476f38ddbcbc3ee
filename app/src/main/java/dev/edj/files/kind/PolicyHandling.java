package dev.edj.files.kind;

import dev.edj.files.declaration.Kind;
import dev.edj.files.source.Declared;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.policy.Policies;
import dev.edj.problem.Names;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Execution policies; what one leaves out is as in the `Default execution policy`.
final class PolicyHandling implements Handling<NewExecutionPolicy> {

  private static final String BUILT_IN = "builtIn";

  private final Service service;

  PolicyHandling(Service service) {
    this.service = service;
  }

  @Override
  public Kind kind() {
    return Kind.POLICY;
  }

  @Override
  public String key(NewExecutionPolicy declared) {
    return Names.checked(Nodes.NAME, declared.name());
  }

  @Override
  public String key(ObjectNode present) {
    return Nodes.name(present);
  }

  @Override
  public List<Mention> mentions(NewExecutionPolicy declared) {
    return List.of();
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    return service.list(ExecutionPolicy.class, Kind.POLICY.plural()).stream()
        .map(policy -> Nodes.of(policy))
        .toList();
  }

  @Override
  public ObjectNode wanted(Declared<NewExecutionPolicy> declared, @Nullable ObjectNode present) {
    ObjectNode node = Nodes.of(Policies.preview(declared.value(), defaults()));
    return node.put(BUILT_IN, present != null && isOutOfReach(present));
  }

  @Override
  public boolean isOutOfReach(ObjectNode present) {
    return present.path(BUILT_IN).asBoolean();
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = complete(present);
    ObjectNode defaults = complete(Nodes.of(defaults()));
    Nodes.removeDefaults(node, Nodes.without(defaults, Nodes.NAME));
    return node;
  }

  private ExecutionPolicy defaults() {
    return service.read(ExecutionPolicy.class, Kind.POLICY.plural(), ExecutionPolicy.DEFAULT);
  }

  @Override
  public void create(Order<NewExecutionPolicy> order, Secrets secrets) {
    service.send("POST", complete(order.wanted()), Kind.POLICY.plural());
  }

  @Override
  public void update(Order<NewExecutionPolicy> order, ObjectNode present, Secrets secrets) {
    service.send(
        "PATCH",
        Nodes.without(complete(order.wanted()), Nodes.NAME),
        Kind.POLICY.plural(),
        Nodes.name(present));
  }

  /// With zero for a time-out that there is none of, as the API is told.
  private static ObjectNode complete(ObjectNode policy) {
    ObjectNode complete = Nodes.without(policy, BUILT_IN);
    List.of("jobTimeout", "attemptTimeout").stream()
        .filter(field -> !complete.has(field))
        .forEach(field -> complete.put(field, "PT0S"));
    return complete;
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.POLICY.plural(), Nodes.name(present));
  }
}
