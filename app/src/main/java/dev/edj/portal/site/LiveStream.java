package dev.edj.portal.site;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;

/// Sends pages what has changed on them, as server-sent events, once a second at most. A stream
/// holds a virtual thread and nothing else; it ends with the session and with the service.
public final class LiveStream {

  private static final Logger log = LoggerFactory.getLogger(LiveStream.class);

  private static final int MOST = 1_000;
  private static final Duration TICK = Duration.ofSeconds(1);

  /// How long nothing may be heard: proxies, and browsers whose machine slept, give up on silence.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

  private final Predicate<HttpServletRequest> signedIn;
  private final Semaphore places = new Semaphore(MOST);
  private final CountDownLatch closing = new CountDownLatch(1);

  /// Made once for all pages.
  ///
  /// @param signedIn whether the session of a request goes on
  public LiveStream(Predicate<HttpServletRequest> signedIn) {
    this.signedIn = signedIn;
  }

  /// Returns when nothing will change any more, the browser has gone, the session has ended or the
  /// service stops.
  ///
  /// @param page asked every second by every stream: what it reads it has to share among them
  public void send(HttpServletRequest request, HttpServletResponse response, Supplier<Live> page) {
    if (!places.tryAcquire()) {
      response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
      return;
    }
    try {
      response.setContentType("text/event-stream;charset=UTF-8");
      // Proxies that collect answers are told not to.
      response.setHeader("X-Accel-Buffering", "no");
      new Stream(request, response.getOutputStream(), page).run();
    } catch (IOException e) {
      log.debug("the browser has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing.countDown();
  }

  private static String event(String name, String data) {
    return data.lines()
        .map(line -> "data: " + line)
        .collect(Collectors.joining("\n", "event: " + name + "\n", "\n\n"));
  }

  /// One browser's; used by one thread.
  private final class Stream {

    private final HttpServletRequest request;
    private final OutputStream out;
    private final Supplier<Live> page;
    private String sent = "";
    private long checkedAt = System.nanoTime();

    Stream(HttpServletRequest request, OutputStream out, Supplier<Live> page) {
      this.request = request;
      this.out = out;
      this.page = page;
    }

    void run() throws IOException, InterruptedException {
      write(":\n\n");
      do {
        try {
          if (!goesOn()) {
            return;
          }
        } catch (RuntimeException e) {
          // Such as a control database that is away for a moment: what was shown stays.
          log.debug("nothing to send", e);
        }
      } while (!closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
    }

    private boolean goesOn() throws IOException {
      if (System.nanoTime() - checkedAt > LONGEST_SILENCE.toNanos()) {
        checkedAt = System.nanoTime();
        write(":\n\n");
        if (!signedIn.test(request)) {
          write(event("signed-out", "-"));
          return false;
        }
      }
      Live now = page.get();
      if (!now.html().equals(sent)) {
        sent = now.html();
        write(event("update", sent));
      }
      if (now.last()) {
        write(event("end", "-"));
      }
      return !now.last();
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
