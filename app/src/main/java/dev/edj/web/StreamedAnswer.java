package dev.edj.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/// An answer that is sent while it is made, so that it may be of any length.
///
/// What fails before anything of it was sent is answered by a problem, as everywhere else. Later
/// the answer ends with the reason, or where it has no place for one the connection is broken off:
/// whoever reads must not take the part for the whole.
public final class StreamedAnswer {

  private static final Logger log = LoggerFactory.getLogger(StreamedAnswer.class);

  /// An attribute of the request. The server sees to it, where the connection can be reached.
  public static final String BROKEN_OFF = StreamedAnswer.class.getName() + ".brokenOff";

  /// The first so many bytes are held back until there are more, or the end.
  private static final int HELD_BACK = 64 * 1024;

  private StreamedAnswer() {}

  /// Makes the answer.
  public interface Body {

    void write(OutputStream out) throws Exception;

    /// Says as the last thing why the rest is missing; false when there is no place for that.
    boolean giveUp(Problem problem) throws IOException;
  }

  /// Sends the body, on the request's own thread. Its status and headers are set before. Returns
  /// whether the client stayed to the end.
  public static boolean send(HttpServletRequest request, HttpServletResponse response, Body body)
      throws Exception {
    response.setBufferSize(HELD_BACK);
    ToClient out = new ToClient(response.getOutputStream());
    try {
      body.write(out);
      return true;
    } catch (Exception e) {
      if (out.clientIsGone) {
        log.debug("the client did not wait for its answer", e);
        request.setAttribute(BROKEN_OFF, true);
        return false;
      }
      if (!response.isCommitted()) {
        // Not all of its headers: those that every answer has stay.
        response.resetBuffer();
        response.setContentType(null);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
        throw e;
      }
      if (!isSaid(body, e)) {
        request.setAttribute(BROKEN_OFF, true);
      }
      return true;
    }
  }

  private static boolean isSaid(Body body, Exception failure) {
    Problem problem = FailureProblems.of(failure);
    log.warn("an answer was not finished: {}", problem.detail());
    try {
      return body.giveUp(problem);
    } catch (IOException | RuntimeException e) {
      log.debug("nor could the reason be sent", e);
      return false;
    }
  }

  /// Knows which failures are the client's.
  private static final class ToClient extends FilterOutputStream {

    private boolean clientIsGone;

    ToClient(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        clientIsGone = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        clientIsGone = true;
        throw e;
      }
    }
  }
}
