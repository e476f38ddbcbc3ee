package dev.edj.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import org.slf4j.LoggerFactory;

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

  /// More than can be sent at once: as fast as they are taken, not so many each second.
  @Test
  void manyAreNotHeldBack() throws InterruptedException {
    try (Traces traces = OtlpTraces.start(settings(collector.url()), "1")) {
      long begin = System.nanoTime();
      IntStream.range(0, 8_000).forEach(number -> traces.add(span(number)));
      collector.await(spans -> spans.size() == 8_000);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void manyThatAreThereAtTheEndAreSentInPortions() throws InterruptedException {
    Traces traces = OtlpTraces.start(settings(collector.url()), "1");
    IntStream.range(0, 3_000).forEach(number -> traces.add(span(number)));
    traces.close();

    collector.await(spans -> spans.size() == 3_000);
    assertThat(collector.largest()).isLessThanOrEqualTo(500);
  }

  @Test
  void theLogSaysHowManyWereDropped() {
    Logger logger = (Logger) LoggerFactory.getLogger(OtlpTraces.class);
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    logger.addAppender(written);
    try (Traces traces =
        OtlpTraces.start(settings(URI.create("http://127.0.0.1:1/v1/traces")), "1")) {
      IntStream.range(0, 12_000).forEach(number -> traces.add(span(number)));
    } finally {
      logger.detachAppender(written);
    }
    assertThat(written.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains("12000 spans were dropped: the collector of traces did not take them in time");
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
