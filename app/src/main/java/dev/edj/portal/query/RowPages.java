package dev.edj.portal.query;

import dev.edj.problem.EdjException;
import dev.edj.result.ResultFilter;
import dev.edj.result.ResultFormat;
import dev.edj.result.ResultReading;
import dev.edj.result.ResultWriter;
import dev.edj.result.Results;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// What a query returned: to a page as it comes, and as a file.
@Controller
final class RowPages {

  private static final Logger log = LoggerFactory.getLogger(RowPages.class);

  private final Results results;
  private volatile boolean closing;

  RowPages(Results results) {
    this.results = results;
  }

  /// Each database's heading and rows as lines of JSON, until the query has ended.
  @GetMapping("/query/{id}/rows")
  void follow(@PathVariable UUID id, HttpServletResponse response) throws Exception {
    ResultReading reading = results.open(id, ResultFilter.NONE);
    response.setContentType(ResultFormat.rows.mediaType());
    response.setHeader("X-Accel-Buffering", "no");
    ResultWriter writer = reading.writer(ResultFormat.rows, response.getOutputStream());
    try {
      reading.follow(writer, () -> !closing);
    } catch (IOException e) {
      log.debug("the browser has gone", e);
    } catch (EdjException e) {
      writer.giveUp(e.category().httpStatus(), e.code(), e.text());
    }
  }

  @GetMapping("/query/{id}/file")
  void file(@PathVariable UUID id, @RequestParam ResultFormat format, HttpServletResponse response)
      throws Exception {
    ResultReading reading = results.open(id, ResultFilter.NONE);
    response.setContentType(format.mediaType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"query-%s.%s\"".formatted(id, format.fileEnding()));
    reading.write(reading.writer(format, response.getOutputStream()), () -> !closing);
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }
}
