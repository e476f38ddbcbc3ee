package dev.edj.api;

import dev.edj.execution.JobExecution;
import dev.edj.trace.Span;
import dev.edj.trace.Span.Kind;
import dev.edj.trace.SpanContext;
import dev.edj.trace.Traces;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Tells of a start in the trace of whoever asked for it, with a link to the trace of what it
/// started. An execution lives longer than the request, and so has a trace of its own.
record StartTrace(Traces traces, InstantSource clock) {

  Instant now() {
    return clock.instant();
  }

  void started(JobExecution execution, Instant begun, HttpServletRequest request) {
    if (traces.areWanted()) {
      SpanContext.parse(request.getHeader(SpanContext.HEADER))
          .ifPresent(asking -> traces.add(span(asking, execution, begun)));
    }
  }

  private Span span(SpanContext asking, JobExecution execution, Instant begun) {
    return new Span(
        asking.another(),
        asking.spanId(),
        "start " + execution.job(),
        Kind.SERVER,
        begun,
        now(),
        Map.of("edj.execution.id", execution.id().toString(), "edj.job", execution.job()),
        null,
        SpanContext.ofExecution(execution.id()));
  }
}
