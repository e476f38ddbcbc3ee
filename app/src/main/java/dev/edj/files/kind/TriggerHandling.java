package dev.edj.files.kind;

import dev.edj.files.declaration.Kind;
import dev.edj.files.source.Declared;
import dev.edj.problem.EdjException;
import dev.edj.schedule.EndCondition;
import dev.edj.schedule.Misfire;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Overlap;
import dev.edj.schedule.Trigger;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Triggers, of schedules and after other jobs. Whether one is enabled stays when the file does not
/// say so.
final class TriggerHandling implements Handling<NewTrigger> {

  private static final String JOB = "job";
  private static final String SCHEDULE = "schedule";
  private static final String AFTER = "after";
  private static final String ON = "on";
  private static final String ENABLED = "enabled";
  private static final String OVERLAP = "overlap";
  private static final String MISFIRE = "misfire";
  private static final String ID = "id";

  private final Service service;

  TriggerHandling(Service service) {
    this.service = service;
  }

  @Override
  public Kind kind() {
    return Kind.TRIGGER;
  }

  @Override
  public String key(NewTrigger declared) {
    if ((declared.schedule() == null) == (declared.after() == null)) {
      throw EdjException.invalid(
          SCHEDULE, "name a schedule, or with 'after' the job to wait for, and not both");
    }
    if (declared.schedule() != null && declared.on() != null) {
      throw EdjException.invalid(ON, "is only for a trigger that waits for another job");
    }
    if (declared.after() != null && declared.misfire() != null) {
      throw EdjException.invalid(MISFIRE, "is only for a trigger of a schedule");
    }
    return key(declared.job(), declared.schedule(), declared.after());
  }

  @Override
  public String key(ObjectNode present) {
    return key(
        present.get(JOB).asString(),
        present.has(SCHEDULE) ? present.get(SCHEDULE).asString() : null,
        present.path(AFTER).asString(""));
  }

  private static String key(String job, @Nullable String schedule, @Nullable String after) {
    return schedule == null ? job + "' after '" + after : job + "' by '" + schedule;
  }

  @Override
  public List<Mention> mentions(NewTrigger declared) {
    return List.of(
        new Mention(JOB, Kind.JOB, declared.job()),
        declared.schedule() == null
            ? new Mention(AFTER, Kind.JOB, Objects.requireNonNull(declared.after()))
            : new Mention(SCHEDULE, Kind.SCHEDULE, declared.schedule()));
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    return service.list(Trigger.class, Kind.TRIGGER.plural()).stream()
        .map(TriggerHandling::node)
        .toList();
  }

  private static ObjectNode node(Trigger trigger) {
    return Nodes.without(
        Nodes.of(trigger), "nextAt", "lastAt", "lastExecutionId", "lastReason", "createdAt");
  }

  @Override
  public ObjectNode wanted(Declared<NewTrigger> declared, @Nullable ObjectNode present) {
    NewTrigger trigger = declared.value();
    ObjectNode node =
        Nodes.of(
            new NewTrigger(
                trigger.job(),
                trigger.schedule(),
                trigger.after(),
                trigger.after() == null
                    ? null
                    : Objects.requireNonNullElse(trigger.on(), EndCondition.Success),
                trigger.enabled() == null
                    ? Boolean.valueOf(present == null || present.get(ENABLED).asBoolean())
                    : trigger.enabled(),
                Objects.requireNonNullElse(trigger.overlap(), Overlap.Skip),
                trigger.schedule() == null
                    ? null
                    : Objects.requireNonNullElse(trigger.misfire(), Misfire.FireOnce)));
    if (present != null) {
      node.set(ID, present.get(ID));
    }
    return node;
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = Nodes.without(present, ID);
    Nodes.removeDefaults(
        node,
        Nodes.empty()
            .put(ENABLED, true)
            .put(ON, EndCondition.Success.name())
            .put(OVERLAP, Overlap.Skip.name())
            .put(MISFIRE, Misfire.FireOnce.name()));
    return node;
  }

  @Override
  public void create(Order<NewTrigger> order, Secrets secrets) {
    service.send("POST", order.wanted(), Kind.TRIGGER.plural());
  }

  @Override
  public void update(Order<NewTrigger> order, ObjectNode present, Secrets secrets) {
    ObjectNode body = Nodes.empty();
    List.of(ON, ENABLED, OVERLAP, MISFIRE).stream()
        .filter(order::changes)
        .forEach(field -> body.set(field, order.wanted().get(field)));
    service.send("PATCH", body, Kind.TRIGGER.plural(), present.get(ID).asString());
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.TRIGGER.plural(), present.get(ID).asString());
  }
}
