package dev.edj.controller;

import dev.edj.controller.LaunchTasks.Ended;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Purpose;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.schedule.EndedRun;
import dev.edj.trace.Span;
import dev.edj.trace.Span.Kind;
import dev.edj.trace.SpanContext;
import dev.edj.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells of executions in their traces: what a controller does for each, and each as a whole.
record RunTrace(Traces traces, InstantSource clock) {

  /// The tasks of an execution itself, one after the other.
  ///
  /// @param ended the last of them ended just now
  void launched(ClaimedRun run, long nodeId, List<Ended> ended) {
    if (!traces.areWanted() || ended.isEmpty()) {
      return;
    }
    SpanContext execution = SpanContext.ofExecution(run.executionId());
    Instant now = clock.instant();
    long nowAtNanos = System.nanoTime();
    for (Ended task : ended) {
      traces.add(
          new Span(
              execution.another(),
              execution.spanId(),
              task.type().name(),
              Kind.INTERNAL,
              now.minusNanos(nowAtNanos - task.begunAtNanos()),
              now.minusNanos(nowAtNanos - task.endedAtNanos()),
              Map.of(
                  "edj.execution.id", run.executionId().toString(),
                  "edj.attempt", run.attempt(),
                  "edj.node.id", nodeId),
              failure(task.lifecycle()),
              null));
    }
    Duration waited = run.waited();
    if (run.purpose() != Purpose.Run) {
      // Nobody looks for what follows it, so that its end comes by nowhere.
      Instant begin = now.minusNanos(nowAtNanos - ended.getFirst().begunAtNanos());
      whole(
          execution,
          run.purpose().name(),
          waited == null ? begin : begin.minus(waited),
          now,
          Map.of("edj.execution.id", run.executionId().toString()),
          failure(ended.getLast().lifecycle()));
    }
  }

  /// A run of a job as a whole.
  void ended(EndedRun run) {
    if (traces.areWanted()) {
      whole(
          SpanContext.ofExecution(run.executionId()),
          run.job(),
          run.createdAt(),
          run.endedAt(),
          Map.of(
              "edj.execution.id", run.executionId().toString(),
              "edj.job", run.job(),
              "edj.lifecycle", run.lifecycle().name()),
          run.succeeded() ? null : run.lifecycle().name());
    }
  }

  private void whole(
      SpanContext execution,
      String name,
      Instant start,
      Instant end,
      Map<String, Object> attributes,
      @Nullable String failure) {
    traces.add(
        new Span(execution, null, name, Kind.INTERNAL, start, end, attributes, failure, null));
  }

  private static @Nullable String failure(Lifecycle lifecycle) {
    return lifecycle == Lifecycle.Succeeded ? null : lifecycle.name();
  }
}
