package dev.edj.result;

import dev.edj.execution.Executions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Writes the results of a run as they come, until it has ended.
final class Follower {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PULSE = Duration.ofSeconds(15);

  private final Executions executions;
  private final UUID execution;
  private final List<Following> steps;

  /// @param execution a run, or a child
  Follower(Executions executions, UUID execution, List<Following> steps) {
    this.executions = executions;
    this.execution = execution;
    this.steps = steps;
  }

  void follow(ResultWriter writer, BooleanSupplier goesOn) throws Exception {
    writer.flush();
    long lastSign = System.nanoTime();
    while (!endedWithin(look(writer) ? Duration.ZERO : POLL)) {
      if (!goesOn.getAsBoolean()) {
        throw ResultReading.stopping();
      }
      if (System.nanoTime() - lastSign > PULSE.toNanos()) {
        writer.pulse();
        lastSign = System.nanoTime();
      }
    }
    for (Following step : steps) {
      step.lookAtAll(writer);
    }
  }

  private boolean look(ResultWriter writer) throws Exception {
    boolean any = false;
    for (Following step : steps) {
      any |= step.look(writer);
    }
    if (any) {
      writer.flush();
    }
    return any;
  }

  /// The end is seen before the last look, so that this finds all there is.
  private boolean endedWithin(Duration wait) {
    return executions.await(List.of(execution), false, wait).getFirst().lifecycle().ended();
  }
}
