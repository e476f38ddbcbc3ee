package dev.edj.portal.schedule;

import static java.util.Objects.requireNonNullElse;

import dev.edj.portal.site.Typed;
import dev.edj.schedule.EndCondition;
import dev.edj.schedule.Misfire;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Overlap;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.TriggerChange;
import org.jspecify.annotations.Nullable;

/// A trigger as it is typed.
///
/// @param by `schedule`, or `after` for one that waits for another job
/// @param disabled to be created without starting anything yet
record TriggerForm(
    @Nullable String job,
    @Nullable String by,
    @Nullable String schedule,
    @Nullable String after,
    @Nullable String on,
    @Nullable String overlap,
    @Nullable String misfire,
    @Nullable Boolean disabled) {

  static TriggerForm of(Trigger trigger) {
    return new TriggerForm(
        trigger.job(),
        trigger.schedule() == null ? "after" : "schedule",
        trigger.schedule(),
        trigger.after(),
        trigger.on() == null ? null : trigger.on().name(),
        trigger.overlap().name(),
        trigger.misfire() == null ? null : trigger.misfire().name(),
        !trigger.enabled());
  }

  public String way() {
    return requireNonNullElse(
        Typed.stripped(by), Typed.stripped(after) == null ? "schedule" : "after");
  }

  private boolean follows() {
    return way().equals("after");
  }

  NewTrigger newTrigger() {
    return new NewTrigger(
        requireNonNullElse(Typed.stripped(job), ""),
        follows() ? null : requireNonNullElse(Typed.stripped(schedule), ""),
        follows() ? requireNonNullElse(Typed.stripped(after), "") : null,
        follows() ? new Typed("on", on).oneOf(EndCondition.class) : null,
        !Boolean.TRUE.equals(disabled),
        new Typed("overlap", overlap).oneOf(Overlap.class),
        follows() ? null : new Typed("misfire", misfire).oneOf(Misfire.class));
  }

  TriggerChange change(Trigger before) {
    boolean follows = before.schedule() == null;
    return new TriggerChange(
        null,
        follows ? new Typed("on", on).oneOf(EndCondition.class) : null,
        new Typed("overlap", overlap).oneOf(Overlap.class),
        follows ? null : new Typed("misfire", misfire).oneOf(Misfire.class));
  }
}
