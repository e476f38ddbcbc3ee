package dev.edj.api.http;

import dev.edj.problem.ErrorCode;
import dev.edj.web.Problem;
import dev.edj.web.ProblemWriter;
import dev.edj.web.StreamedAnswer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/// Answers as a problem what Tomcat refuses by itself, such as a malformed path, instead of with
/// its HTML page. Tomcat makes it by its class name.
public final class ProblemValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  private final ProblemWriter problems = new ProblemWriter(ApiJson.mapper());

  /// Breaks the connection off where an answer was not written to its end.
  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    super.invoke(request, response);
    if (request.getAttribute(StreamedAnswer.BROKEN_OFF) != null) {
      response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    HttpStatus status = HttpStatus.resolve(ofClient(response.getStatus()));
    if (status == null
        || !status.isError()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    if (throwable != null && status.is5xxServerError()) {
      log.error("a request failed outside its route", throwable);
    }
    // After what a filter refused, headers would not be taken any more.
    response.setAppCommitted(false);
    try {
      problems.write(response.getResponse(), problem(status));
      response.finishResponse();
    } catch (IOException e) {
      log.debug("the client did not wait for its answer", e);
    }
  }

  /// An HTTP version or a transfer coding that nobody speaks is no failure of the service.
  private static int ofClient(int status) {
    return switch (status) {
      case HttpServletResponse.SC_NOT_IMPLEMENTED,
          HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED ->
          HttpServletResponse.SC_BAD_REQUEST;
      default -> status;
    };
  }

  private static Problem problem(HttpStatus status) {
    if (status == HttpStatus.TOO_MANY_REQUESTS) {
      return Problem.of(
          status,
          ErrorCode.TOO_MANY_REQUESTS,
          null,
          "too many requests came from this address in ten seconds; wait for ten");
    }
    return status.is5xxServerError()
        ? Problem.of(
            status, ErrorCode.INTERNAL, null, "the request failed; the service's log says why")
        : Problem.of(
            status,
            ErrorCode.INVALID_FIELD,
            "path",
            "the request's first line or its headers are malformed, or larger than 64 KB (encode"
                + " names in the path), or its body ends before its announced length");
  }
}
