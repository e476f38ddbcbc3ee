package dev.edj.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// Writes a problem where no controller is involved: in filters and in Tomcat itself.
public final class ProblemWriter {

  /// Of what is no page.
  public static final String CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Content-Security-Policy", CONTENT_POLICY,
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store");

  private final JsonMapper mapper;

  public ProblemWriter(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /// With the headers that every answer has: not all that is refused comes as far as what sets
  /// them.
  public void write(HttpServletResponse response, Problem problem) throws IOException {
    HEADERS.forEach((name, value) -> {
      if (!response.containsHeader(name)) {
        response.setHeader(name, value);
      }
    });
    byte[] body = mapper.writeValueAsBytes(problem);
    response.setStatus(problem.status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
