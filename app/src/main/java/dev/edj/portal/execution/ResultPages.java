package dev.edj.portal.execution;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.problem.EdjException;
import dev.edj.result.ResultFilter;
import dev.edj.result.ResultFormat;
import dev.edj.result.ResultReading;
import dev.edj.result.ResultWriter;
import dev.edj.result.Results;
import dev.edj.web.Problem;
import dev.edj.web.StreamedAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// What the scripts of an execution returned: the first rows, all of them as a file, and which
/// databases returned the same.
@Controller
final class ResultPages {

  private static final int MOST_ROWS = 200;

  private final Results results;
  private final Executions executions;
  private volatile boolean closing;

  ResultPages(Results results, Executions executions) {
    this.results = results;
    this.executions = executions;
  }

  @GetMapping("/executions/{id}/results")
  @Allowed(Permission.READ)
  ModelAndView results(@PathVariable UUID id, @ModelAttribute("query") ResultQuery query)
      throws Exception {
    ModelAndView page = new ModelAndView("results");
    page.addObject("execution", executions.named(id));
    page.addObject("formats", List.of(ResultFormat.csv, ResultFormat.jsonl, ResultFormat.parquet));
    try {
      page.addObject("first", results.open(id, query.filter()).first(MOST_ROWS));
    } catch (EdjException e) {
      page.addObject("nothing", said(e));
    }
    return page;
  }

  @GetMapping("/executions/{id}/results/download")
  @Allowed(Permission.READ)
  void download(
      @PathVariable UUID id,
      @RequestParam ResultFormat format,
      @ModelAttribute("query") ResultQuery query,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    ResultReading reading = results.open(id, query.filter());
    response.setContentType(format.mediaType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"results-%s.%s\"".formatted(id, format.fileEnding()));
    StreamedAnswer.send(request, response, new Answer(reading, format));
  }

  @GetMapping("/executions/{id}/comparison")
  @Allowed(Permission.READ)
  ModelAndView comparison(@PathVariable UUID id) throws Exception {
    JobExecution run = executions.named(id);
    ModelAndView page = new ModelAndView("comparison");
    page.addObject("execution", run);
    try {
      page.addObject("comparison", results.compare(id, null));
    } catch (EdjException e) {
      page.addObject("nothing", said(e));
    }
    return page;
  }

  /// That there is nothing, or not yet, or that it is too much for a table, is part of the page.
  private static String said(EdjException e) {
    return switch (e.category()) {
      case NOT_FOUND, CONFLICT, BAD_INPUT -> e.text();
      case UNAUTHORIZED, FORBIDDEN, TOO_LARGE, TOO_MANY, UNAVAILABLE, INTERNAL -> throw e;
    };
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }

  /// Which results are wanted, as it stands in the address.
  record ResultQuery(@Nullable String server, @Nullable String database, @Nullable String step) {

    ResultFilter filter() {
      return new ResultFilter(text(server), text(database), text(step), null);
    }

    private static @Nullable String text(@Nullable String typed) {
      return typed == null || typed.isBlank() ? null : typed.strip();
    }
  }

  private final class Answer implements StreamedAnswer.Body {

    private final ResultReading reading;
    private final ResultFormat format;
    private @Nullable ResultWriter writer;

    Answer(ResultReading reading, ResultFormat format) {
      this.reading = reading;
      this.format = format;
    }

    @Override
    public void write(OutputStream out) throws Exception {
      ResultWriter writing = reading.writer(format, out);
      writer = writing;
      reading.write(writing, () -> !closing);
    }

    @Override
    public boolean giveUp(Problem problem) throws IOException {
      return writer != null && writer.giveUp(problem.status(), problem.code(), problem.detail());
    }
  }
}
