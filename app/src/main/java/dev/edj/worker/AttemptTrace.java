package dev.edj.worker;

import dev.edj.engine.ServerName;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.AttemptReport.BatchReport;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.trace.Span;
import dev.edj.trace.Span.Kind;
import dev.edj.trace.SpanContext;
import dev.edj.trace.Traces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells of attempts in the traces of their executions, each with its batches. Neither a script nor
/// what a server said is in it.
record AttemptTrace(Traces traces, InstantSource clock) {

  void ended(RunningAttempt attempt, AttemptReport report) {
    PinnedPlan plan = attempt.plan();
    if (!traces.areWanted() || plan == null) {
      return;
    }
    SpanContext execution = SpanContext.ofExecution(plan.runId());
    SpanContext own = execution.another();
    Instant end = clock.instant();
    Instant start = end.minus(attempt.record().age());
    Map<String, Object> attributes = attributes(attempt, plan);
    attributes.put("edj.lifecycle", report.attemptLifecycle().name());
    String failure =
        report.attemptLifecycle() == Lifecycle.Succeeded ? null : attempt.errorClass().text();
    if (failure != null) {
      attributes.put("error.type", failure);
    }
    for (BatchReport batch : attempt.record().endedBatches()) {
      batch(own, start, end, batch, attempt.server());
    }
    traces.add(
        new Span(
            own,
            execution.spanId(),
            report.type().name(),
            Kind.CLIENT,
            start,
            end,
            attributes,
            failure,
            null));
  }

  private void batch(
      SpanContext attempt,
      Instant start,
      Instant end,
      BatchReport batch,
      @Nullable ServerName server) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("edj.batch", batch.number());
    if (server != null) {
      attributes.put("db.system.name", system(server));
    }
    traces.add(
        new Span(
            attempt.another(),
            attempt.spanId(),
            "batch " + batch.number(),
            Kind.CLIENT,
            start.plus(batch.startedAfter()),
            batch.endedAfter() == null ? end : start.plus(batch.endedAfter()),
            attributes,
            batch.lifecycle() == Lifecycle.Succeeded ? null : batch.lifecycle().name(),
            null));
  }

  private static Map<String, Object> attributes(RunningAttempt attempt, PinnedPlan plan) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("edj.execution.id", plan.runId().toString());
    attributes.put("edj.job", plan.job());
    attributes.put("edj.step", plan.stepName());
    attributes.put("edj.child.id", attempt.child().executionId().toString());
    attributes.put("edj.attempt", attempt.child().attempt());
    attributes.put("edj.node.id", attempt.child().nodeId());
    attributes.put("db.namespace", attempt.child().database());
    ServerName server = attempt.server();
    if (server != null) {
      attributes.put("db.system.name", system(server));
      attributes.put("server.address", server.host());
      attributes.put("server.port", server.portOrDefault());
    }
    return attributes;
  }

  /// As OpenTelemetry's conventions name the engines.
  private static String system(ServerName server) {
    String scheme = server.engine().scheme();
    return scheme.equals("sqlserver") ? "microsoft.sql_server" : scheme;
  }
}
