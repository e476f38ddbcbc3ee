package dev.edj.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.settings.TraceSettings;
import dev.edj.trace.Collector.Received;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Spans come to a collector that is there, and keep nobody waiting for one that is not.
class OtlpTracesTest {

  private final Collector collector = new Collector();

  @AfterEach
  void close() {
    collector.close();
  }

  @Test
  void aSpanComesAsItWasMade() throws InterruptedException {
    SpanContext context = SpanContext.ofExecution(UUID.randomUUID());
    SpanContext link = SpanContext.ofExecution(UUID.randomUUID());
    try (Traces traces = OtlpTraces.start(settings(collector.url()), "1.2.3")) {
      traces.add(
          new Span(
              context,
              "00f067aa0ba902b7",
              "a \"name\"",
              Span.Kind.CLIENT,
              Instant.EPOCH.plusNanos(1),
              Instant.EPOCH.plusSeconds(2),
              Map.of("text", "t", "number", 42),
              "failed",
              link));
      Received received = collector.await(spans -> spans.size() == 1).getFirst();
      assertThat(received.traceId()).isEqualTo(context.traceId());
      assertThat(received.spanId()).isEqualTo(context.spanId());
      assertThat(received.parentId()).isEqualTo("00f067aa0ba902b7");
      assertThat(received.name()).isEqualTo("a \"name\"");
      assertThat(received.kind()).isEqualTo(3);
      assertThat(received.start()).isEqualTo(1);
      assertThat(received.end()).isEqualTo(2_000_000_000L);
      assertThat(received.attributes()).containsEntry("text", "t").containsEntry("number", "42");
      assertThat(received.failed()).isTrue();
      assertThat(received.linkedTrace()).isEqualTo(link.traceId());
      assertThat(received.service()).isEqualTo("fleet");
    }
    assertThat(collector.keys()).containsExactly("k3y");
  }

  @Test
  void whatIsThereWhenItEndsIsSent() throws InterruptedException {
    try (Traces traces = OtlpTraces.start(settings(collector.url()), "1")) {
      IntStream.range(0, 50).forEach(number -> traces.add(span(number)));
    }
    assertThat(collector.await(spans -> spans.size() == 50)).hasSize(50);
  }

  @Test
  void aCollectorThatIsBusyIsAskedAgain() throws InterruptedException {
    collector.refuseWith(503);
    try (Traces traces = OtlpTraces.start(settings(collector.url()), "1")) {
      traces.add(span(1));
      assertThat(collector.await(spans -> spans.size() == 1)).hasSize(1);
    }
  }

  @Test
  void aCollectorThatIsNotThereKeepsNobodyWaiting() {
    try (Traces traces =
        OtlpTraces.start(settings(URI.create("http://127.0.0.1:1/v1/traces")), "1")) {
      long begin = System.nanoTime();
      IntStream.range(0, 100_000).forEach(number -> traces.add(span(number)));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static Span span(int number) {
    return new Span(
        SpanContext.ofExecution(new UUID(7, number + 1)),
        null,
        "span",
        Span.Kind.INTERNAL,
        Instant.EPOCH,
        Instant.EPOCH,
        Map.of(),
        null,
        null);
  }

  private static TraceSettings settings(URI endpoint) {
    return new TraceSettings(endpoint, Map.of("X-Key", "k3y"), "fleet", Map.of());
  }
}
