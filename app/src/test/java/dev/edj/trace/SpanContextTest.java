package dev.edj.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanContextTest {

  @Test
  void theTraceOfAnExecutionHasItsId() {
    SpanContext context =
        SpanContext.ofExecution(UUID.fromString("0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f"));

    assertThat(context.traceId()).isEqualTo("0198c0de7a5b7c3d8e4f5a6b7c8d9e0f");
    assertThat(context.spanId()).isEqualTo("8e4f5a6b7c8d9e0f");
    assertThat(context.another().traceId()).isEqualTo(context.traceId());
    assertThat(context.another().spanId()).matches("[0-9a-f]{16}").isNotEqualTo(context.spanId());
  }

  @Test
  void theHeaderIsReadAsW3cHasIt() {
    assertThat(SpanContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        .contains(new SpanContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"));
    assertThat(SpanContext.parse("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later"))
        .isPresent();
    assertThat(SpanContext.parse(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"
      })
  void whatCannotBeReadIsAsIfItWereNotThere(String header) {
    assertThat(SpanContext.parse(header)).isEmpty();
  }
}
