package dev.edj.files.kind;

import dev.edj.files.declaration.Kind;
import dev.edj.files.source.Declared;
import dev.edj.problem.Names;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.Schedule;
import dev.edj.schedule.Schedules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Schedules, compared as the service shows them, however they are written. One whose start is not
/// said keeps it.
final class ScheduleHandling implements Handling<NewSchedule> {

  private static final String START = "start";
  private static final List<String> REPEATS = List.of("interval", "cron", "days", "times");
  private static final List<String> LIMITS = List.of("end", "windowFrom", "windowTo");

  private final Service service;
  private final InstantSource clock;

  ScheduleHandling(Service service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  @Override
  public Kind kind() {
    return Kind.SCHEDULE;
  }

  @Override
  public String key(NewSchedule declared) {
    return Names.checked(Nodes.NAME, declared.name());
  }

  @Override
  public String key(ObjectNode present) {
    return Nodes.name(present);
  }

  @Override
  public List<Mention> mentions(NewSchedule declared) {
    return List.of();
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    return service.list(Schedule.class, Kind.SCHEDULE.plural()).stream()
        .map(ScheduleHandling::node)
        .toList();
  }

  private static ObjectNode node(Schedule schedule) {
    return Nodes.without(Nodes.of(schedule), "text", "nextAt", "createdAt", "updatedAt");
  }

  /// One that has had its last time is fine as long as it is as the service has it.
  @Override
  public ObjectNode wanted(Declared<NewSchedule> declared, @Nullable ObjectNode present) {
    if (present == null) {
      ObjectNode node = node(Schedules.preview(declared.value(), clock.instant()));
      return declared.value().start() == null ? Nodes.without(node, START) : node;
    }
    NewSchedule schedule = declared.value();
    if (schedule.start() == null) {
      schedule = startingAt(schedule, present.get(START).asString());
    }
    ObjectNode node = node(Schedules.preview(schedule, Instant.EPOCH));
    return node.equals(present) ? node : node(Schedules.preview(schedule, clock.instant()));
  }

  private static NewSchedule startingAt(NewSchedule schedule, String start) {
    return new NewSchedule(
        schedule.name(),
        schedule.interval(),
        schedule.intervalCount(),
        start,
        schedule.end(),
        schedule.cron(),
        schedule.days(),
        schedule.times(),
        schedule.zone(),
        schedule.windowFrom(),
        schedule.windowTo());
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    return present;
  }

  @Override
  public void create(Order<NewSchedule> order, Secrets secrets) {
    service.send("POST", order.wanted(), Kind.SCHEDULE.plural());
  }

  /// What limits it no more is told as an empty text.
  @Override
  public void update(Order<NewSchedule> order, ObjectNode present, Secrets secrets) {
    ObjectNode body = Nodes.without(order.wanted(), Nodes.NAME);
    if (REPEATS.stream().noneMatch(order::changes)) {
      body.remove(REPEATS);
    }
    LIMITS.stream().filter(limit -> !body.has(limit)).forEach(limit -> body.put(limit, ""));
    service.send("PATCH", body, Kind.SCHEDULE.plural(), Nodes.name(present));
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.SCHEDULE.plural(), Nodes.name(present));
  }
}
