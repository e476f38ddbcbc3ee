package dev.edj.portal.query;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.session.SignedIn;
import dev.edj.problem.EdjException;
import dev.edj.result.ResultFilter;
import dev.edj.result.ResultFormat;
import dev.edj.result.ResultReading;
import dev.edj.result.ResultWriter;
import dev.edj.result.Results;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// What a query returned, to a page as it comes.
@Controller
final class RowPages {

  private static final Logger log = LoggerFactory.getLogger(RowPages.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

  private final Results results;
  private final SignedIn signedIn;
  private volatile boolean closing;

  RowPages(Results results, SignedIn signedIn) {
    this.results = results;
    this.signedIn = signedIn;
  }

  /// Each database's heading and rows as lines of JSON, until the query has ended.
  @GetMapping("/query/{id}/rows")
  @Allowed(Permission.READ)
  void follow(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    ResultReading reading = results.open(id, ResultFilter.NONE);
    response.setContentType(ResultFormat.rows.mediaType());
    response.setHeader("X-Accel-Buffering", "no");
    ResultWriter writer = reading.writer(ResultFormat.rows, response.getOutputStream());
    try {
      reading.follow(writer, whileSignedIn(request));
    } catch (IOException e) {
      log.debug("the browser has gone", e);
    } catch (EdjException e) {
      writer.giveUp(e.category().httpStatus(), e.code(), e.text());
    }
  }

  /// Rows come for hours, and a session may end meanwhile.
  private BooleanSupplier whileSignedIn(HttpServletRequest request) {
    AtomicLong lookedAt = new AtomicLong(System.nanoTime());
    return () -> {
      long now = System.nanoTime();
      if (now - lookedAt.get() > LOOK_EVERY.toNanos()) {
        lookedAt.set(now);
        return !closing && signedIn.still(request);
      }
      return !closing;
    };
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }
}
