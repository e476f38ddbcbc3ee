package dev.edj.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A collector is named as OpenTelemetry has it for any program.
class TraceSettingsTest {

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  @Test
  void withoutACollectorThereAreNoTraces() {
    assertThat(TraceSettings.of(Map.of())).isEmpty();
    assertThat(TraceSettings.of(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "a=b"))).isEmpty();
    assertThat(TraceSettings.of(Map.of(ENDPOINT, "http://c:4318", "OTEL_SDK_DISABLED", "true")))
        .isEmpty();
    assertThat(TraceSettings.of(Map.of(ENDPOINT, "http://c:4318", "OTEL_TRACES_EXPORTER", "none")))
        .isEmpty();
  }

  @Test
  void allIsTakenFromTheVariables() {
    TraceSettings settings =
        TraceSettings.of(
                Map.of(
                    ENDPOINT,
                    "http://collector:4318/",
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "api-key=s3cret%20key, other=1+1",
                    "OTEL_SERVICE_NAME",
                    "edj-eu",
                    "OTEL_RESOURCE_ATTRIBUTES",
                    "deployment.environment=test"))
            .orElseThrow();

    assertThat(settings.endpoint()).isEqualTo(URI.create("http://collector:4318/v1/traces"));
    assertThat(settings.headers()).isEqualTo(Map.of("api-key", "s3cret key", "other", "1+1"));
    assertThat(settings.serviceName()).isEqualTo("edj-eu");
    assertThat(settings.resource()).isEqualTo(Map.of("deployment.environment", "test"));
    assertThat(settings.toString()).contains("edj-eu").doesNotContain("s3cret");
  }

  @Test
  void whatIsSaidForTracesAloneWins() {
    TraceSettings settings =
        TraceSettings.of(
                Map.of(
                    ENDPOINT,
                    "http://all:4318",
                    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                    "https://traces/in",
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "a=all",
                    "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
                    "a=traces",
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    "http/protobuf"))
            .orElseThrow();

    assertThat(settings.endpoint()).isEqualTo(URI.create("https://traces/in"));
    assertThat(settings.headers()).containsEntry("a", "traces");
    assertThat(settings.serviceName()).isEqualTo("edj");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTEL_EXPORTER_OTLP_ENDPOINT        | localhost:4318  | must be an address",
        "OTEL_EXPORTER_OTLP_ENDPOINT        | http://a b      | must be an address",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT | grpc://c:4317   | must be an address",
        "OTEL_EXPORTER_OTLP_PROTOCOL        | grpc            | is not spoken here",
        "OTEL_EXPORTER_OTLP_HEADERS         | s3cret          | must be pairs",
        "OTEL_EXPORTER_OTLP_HEADERS         | a=s3cret%zz     | not percent-encoded",
        "OTEL_EXPORTER_OTLP_HEADERS         | a=s3cret%0a     | no header can have",
        "OTEL_RESOURCE_ATTRIBUTES           | =x              | must be pairs"
      })
  void whatCannotBeReadIsRefusedByItsNameAndNotRepeated(String variable, String text, String why) {
    Map<String, String> environment =
        variable.equals(ENDPOINT)
            ? Map.of(variable, text)
            : Map.of(ENDPOINT, "http://c:4318", variable, text);

    assertThatThrownBy(() -> TraceSettings.of(environment))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining(variable)
        .hasMessageContaining(why)
        .hasMessageNotContaining("s3cret");
  }
}
