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
    ExecutionPolicy defaults =
        service.read(ExecutionPolicy.class, Kind.POLICY.plural(), ExecutionPolicy.DEFAULT);
    ObjectNode node = Nodes.of(Policies.preview(declared.value(), defaults));
    return node.put(BUILT_IN, present != null && isOutOfReach(present));
  }

  @Override
  public boolean isOutOfReach(ObjectNode present) {
    return present.path(BUILT_IN).asBoolean();
  }

  @Override
  public void create(Order<NewExecutionPolicy> order, Secrets secrets) {
    service.send("POST", body(order), Kind.POLICY.plural());
  }

  @Override
  public void update(Order<NewExecutionPolicy> order, ObjectNode present, Secrets secrets) {
    service.send(
        "PATCH", Nodes.without(body(order), Nodes.NAME), Kind.POLICY.plural(), Nodes.name(present));
  }

  /// Of a time-out that there is to be none of, the API is told zero.
  private static ObjectNode body(Order<NewExecutionPolicy> order) {
    ObjectNode body = Nodes.without(order.wanted(), BUILT_IN);
    List.of("jobTimeout", "attemptTimeout").stream()
        .filter(field -> !body.has(field))
        .forEach(field -> body.put(field, "PT0S"));
    return body;
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.POLICY.plural(), Nodes.name(present));
  }
}
