package dev.edj.web;

import dev.edj.audit.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/// The export of the audit log as an answer: lines of JSON, the last of which says why the rest is
/// missing if it is.
public final class AuditLines implements StreamedAnswer.Body {

  public static final String TYPE = "application/x-ndjson";

  private final AuditLog log;
  private final long after;
  private final JsonMapper mapper;
  private @Nullable OutputStream out;

  private AuditLines(AuditLog log, long after, JsonMapper mapper) {
    this.log = log;
    this.after = after;
    this.mapper = mapper;
  }

  /// Sends the linked events.
  ///
  /// @param after the number after which to begin; 0 for the beginning
  public static void send(
      AuditLog log,
      long after,
      JsonMapper mapper,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    response.setContentType(TYPE);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\"");
    StreamedAnswer.send(request, response, new AuditLines(log, after, mapper));
  }

  @Override
  public void write(OutputStream to) throws IOException {
    out = to;
    log.export(after, to);
  }

  @Override
  public boolean giveUp(Problem problem) throws IOException {
    if (out == null) {
      return false;
    }
    out.write(mapper.writeValueAsBytes(Map.of("error", problem)));
    out.write('\n');
    return true;
  }
}
