package dev.edj.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes the events of the log as lines of text by a pattern, or each as one line of JSON, with
/// names of the Elastic Common Schema, which what collects logs knows. That says what the line of
/// text says: neither arguments nor anything else that is not in the text.
public final class LogLines extends PatternLayoutEncoder {

  private static final JsonMapper JSON = JsonMapper.shared();

  private boolean json;

  /// For `logback.xml`.
  ///
  /// @param format `json`, or `text`
  public void setFormat(String format) {
    json = format.equals("json");
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return json ? line(event) : super.encode(event);
  }

  private static byte[] line(ILoggingEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      Instant time = Instant.ofEpochMilli(event.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS);
      json.writeStringProperty("@timestamp", time.toString());
      json.writeStringProperty("log.level", event.getLevel().toString());
      json.writeStringProperty("log.logger", event.getLoggerName());
      json.writeStringProperty("process.thread.name", event.getThreadName());
      json.writeStringProperty("service.name", "edj");
      json.writeStringProperty("message", event.getFormattedMessage());
      for (var field : new TreeMap<>(event.getMDCPropertyMap()).entrySet()) {
        if (!field.getKey().equals(LogFields.PREFIX)) {
          json.writeStringProperty(field.getKey(), field.getValue());
        }
      }
      failure(json, event.getThrowableProxy());
      json.writeEndObject();
    }
    return line.append('\n').toString().getBytes(UTF_8);
  }

  private static void failure(JsonGenerator json, @Nullable IThrowableProxy failure) {
    if (failure != null) {
      json.writeStringProperty("error.type", failure.getClassName());
      json.writeStringProperty("error.message", String.valueOf(failure.getMessage()));
      json.writeStringProperty("error.stack_trace", ThrowableProxyUtil.asString(failure));
    }
  }
}
