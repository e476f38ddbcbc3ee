package dev.edj.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.edj.log.LogLinesTest");

  @Test
  void aLineIsOneObjectWhateverIsSaid() {
    JsonNode line = json(event("two\nlines and a \"quote\" of {}", null, "it"));

    assertThat(line.path("message").asString()).isEqualTo("two\nlines and a \"quote\" of it");
    assertThat(line.path("log.level").asString()).isEqualTo("WARN");
    assertThat(line.path("log.logger").asString()).isEqualTo("dev.edj.log.LogLinesTest");
    assertThat(line.path("@timestamp").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    assertThat(line.has("error.type")).isFalse();
  }

  @Test
  void aFailureIsInFieldsOfItsOwn() {
    JsonNode line =
        json(event("it failed", new IllegalStateException("broken", new IOException("deep"))));

    assertThat(line.path("error.type").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.path("error.message").asString()).isEqualTo("broken");
    assertThat(line.path("error.stack_trace").asString())
        .contains("Caused by: java.io.IOException: deep", "LogLinesTest");
  }

  @Test
  void whatIsSaidOfAnAttemptSaysSoAndWhatComesAfterDoesNot() {
    try (LogFields _ = LogFields.execution("run-1")) {
      LogFields.put(LogField.JOB, "Rebuild");
      try (LogFields _ = LogFields.attempt("child-1", 2)) {
        LogFields.put(LogField.DATABASE, "tenant1");
        JsonNode line = json(event("in it", null));
        assertThat(line.path("edj.execution.id").asString()).isEqualTo("run-1");
        assertThat(line.path("edj.job").asString()).isEqualTo("Rebuild");
        assertThat(line.path("edj.child.id").asString()).isEqualTo("child-1");
        assertThat(line.path("edj.attempt").asString()).isEqualTo("2");
        assertThat(line.path("db.namespace").asString()).isEqualTo("tenant1");
        assertThat(line.has(LogFields.PREFIX)).isFalse();
      }
      JsonNode line = json(event("around it", null));
      assertThat(line.has("edj.child.id")).isFalse();
      assertThat(line.path("edj.execution.id").asString()).isEqualTo("run-1");
    }
    assertThat(json(event("after it", null)).has("edj.execution.id")).isFalse();
  }

  @Test
  void inTextTheAttemptStandsBeforeTheLine() throws IOException {
    PatternLayout layout = new PatternLayout();
    layout.setContext(logger.getLoggerContext());
    layout.setPattern(patternOfTheService());
    layout.start();
    try (LogFields _ = LogFields.attempt("child-1", 2)) {
      assertThat(layout.doLayout(event("it runs", null)))
          .endsWith(" WARN  LogLinesTest: [child-1.2] it runs\n");
    }
    assertThat(layout.doLayout(event("it runs", null))).endsWith("LogLinesTest: it runs\n");
  }

  private static String patternOfTheService() throws IOException {
    Matcher pattern =
        Pattern.compile("<pattern>(.*)</pattern>")
            .matcher(Files.readString(Path.of("src/main/resources/logback.xml")));
    assertThat(pattern.find()).isTrue();
    return pattern.group(1);
  }

  private LoggingEvent event(String message, @Nullable Throwable failure, Object... arguments) {
    return new LoggingEvent("test", logger, Level.WARN, message, failure, arguments);
  }

  private static JsonNode json(LoggingEvent event) {
    LogLines lines = new LogLines();
    lines.setFormat("json");
    String line = new String(lines.encode(event), UTF_8);
    assertThat(line).endsWith("\n");
    assertThat(line.strip()).doesNotContain("\n");
    return JsonMapper.shared().readTree(line);
  }
}
