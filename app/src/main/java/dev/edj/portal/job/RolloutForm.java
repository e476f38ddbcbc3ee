package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.Rollout;
import dev.edj.portal.site.Typed;
import dev.edj.text.Durations;
import java.time.Duration;
import java.util.List;

/// In which waves, as it was typed.
record RolloutForm(String waves, String pause, Boolean approval, String failureLimit) {

  static final RolloutForm AT_ONCE = new RolloutForm("", "", false, "");

  RolloutForm {
    waves = requireNonNullElse(waves, "");
    pause = requireNonNullElse(pause, "");
    approval = requireNonNullElse(approval, false);
    failureLimit = requireNonNullElse(failureLimit, "");
  }

  static RolloutForm of(Rollout rollout) {
    Duration pause = requireNonNullElse(rollout.pause(), Duration.ZERO);
    return new RolloutForm(
        String.join(", ", requireNonNullElse(rollout.waves(), List.<String>of())),
        pause.isZero() ? "" : Durations.format(pause),
        requireNonNullElse(rollout.approval(), false),
        requireNonNullElse(rollout.failureLimit(), ""));
  }

  public boolean isUnusual() {
    return !equals(AT_ONCE);
  }

  Rollout rollout() {
    return new Rollout(
            new Typed("rollout.waves", waves).list(),
            new Typed("rollout.pause", pause).duration(),
            approval,
            new Typed("rollout.failureLimit", failureLimit).text())
        .checked();
  }
}
