package dev.edj.api.http;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.web.Problem;
import dev.edj.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies beyond the limit: by their announced length, or, when none is announced, as soon
/// as more has arrived.
public final class BodyLimitFilter extends OncePerRequestFilter {

  /// 24 MiB: scripts are whole in one request.
  static final int MAXIMUM_BYTES = 24 * 1024 * 1024;

  private final ProblemWriter problems;

  public BodyLimitFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > MAXIMUM_BYTES) {
      problems.write(response, Problem.of(tooLarge()));
      return;
    }
    chain.doFilter(new LimitedRequest(request), response);
  }

  private static EdjException tooLarge() {
    return new EdjException(
        ErrorCode.TOO_LARGE,
        null,
        "the body is larger than %d MiB, the most that is taken; a script may have 16 MiB"
            .formatted(MAXIMUM_BYTES / 1024 / 1024));
  }

  private static final class LimitedRequest extends HttpServletRequestWrapper {

    LimitedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream());
    }
  }

  private static final class LimitedStream extends ServletInputStream {

    private final ServletInputStream body;
    private long count;

    LimitedStream(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = body.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int bytes) {
      count += bytes;
      if (count > MAXIMUM_BYTES) {
        throw tooLarge();
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
