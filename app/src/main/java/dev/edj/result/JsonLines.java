package dev.edj.result;

import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// JSON values, a line each.
final class JsonLines {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .rootValueSeparator((String) null)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private final OutputStream out;
  private final JsonGenerator json;

  JsonLines(OutputStream out) {
    this.out = out;
    this.json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /// For the next line.
  JsonGenerator json() {
    return json;
  }

  void endLine() {
    json.writeRaw('\n');
  }

  void flush() throws IOException {
    json.flush();
    out.flush();
  }

  void pulse() throws IOException {
    endLine();
    flush();
  }

  void finish() {
    json.flush();
  }

  void giveUp(int status, ErrorCode code, String reason) throws IOException {
    json.writeStartObject();
    json.writeName("error");
    json.writeStartObject();
    json.writeName("status");
    json.writeNumber(status);
    json.writeName("code");
    json.writeString(code.name());
    json.writeName("detail");
    json.writeString(reason);
    json.writeEndObject();
    json.writeEndObject();
    endLine();
    flush();
  }
}
