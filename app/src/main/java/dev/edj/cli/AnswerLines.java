package dev.edj.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The lines of an answer, each a JSON value. Where the service gives up, its last line says why.
final class AnswerLines implements AutoCloseable {

  private static final byte[] ERROR = "{\"error\":".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final JsonMapper mapper;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  AnswerLines(InputStream in, JsonMapper mapper) {
    this.in = in;
    this.mapper = mapper;
  }

  /// The next line without its end; null when there is none. What the service gave up for is
  /// thrown.
  byte @Nullable [] next() throws IOException {
    byte[] line;
    do {
      line = read();
    } while (line != null && line.length == 0);
    if (line != null && Arrays.mismatch(line, ERROR) == ERROR.length) {
      throw given(parse(line).path("error"));
    }
    return line;
  }

  JsonNode parse(byte[] line) {
    try {
      return mapper.readTree(line);
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  /// The values of an array without inner ones, as they are written there; null stands for null.
  List<@Nullable String> texts(byte[] line) {
    List<@Nullable String> texts = new ArrayList<>();
    try (JsonParser parser = mapper.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        texts.add(parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString());
      }
      return texts;
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  private static CommandException unreadable(JacksonException e) {
    return new CommandException(
        ExitCode.UNAVAILABLE, "the service's answer cannot be understood", e);
  }

  private static CommandException given(JsonNode error) {
    return new Problem(
            error.path("status").asInt(500),
            null,
            error.path("detail").asString("the service gave up"),
            null,
            null)
        .toException();
  }

  private byte @Nullable [] read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (at < end || fill()) {
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, from, at - from);
      if (at < end) {
        at++;
        return line.toByteArray();
      }
    }
    return line.size() == 0 ? null : line.toByteArray();
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
