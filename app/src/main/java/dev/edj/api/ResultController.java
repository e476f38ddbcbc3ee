package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.Executions;
import dev.edj.execution.Lifecycle;
import dev.edj.job.Queries;
import dev.edj.problem.EdjException;
import dev.edj.result.Comparison;
import dev.edj.result.ResultFilter;
import dev.edj.result.ResultFormat;
import dev.edj.result.ResultReading;
import dev.edj.result.ResultWriter;
import dev.edj.result.Results;
import dev.edj.web.Problem;
import dev.edj.web.StreamedAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What scripts returned.
@RestController
@RequestMapping(Locations.BASE + "/executions/{id}")
@Tag(name = "Results")
class ResultController {

  private final Results results;
  private final Executions executions;
  private final Queries queries;
  private volatile boolean closing;

  ResultController(Results results, Executions executions, Queries queries) {
    this.results = results;
    this.executions = executions;
    this.queries = queries;
  }

  @GetMapping("/results")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "What the children of an execution returned, or one child: in the order of steps, servers"
              + " and databases, or with `follow` (`rows` and `jsonl` only) as they end, until the"
              + " execution has ended; with `stopWhenGone`, a query is stopped when the client has gone."
              + " The answer is sent while it is read; when it cannot be"
              + " finished, the last line of `rows` and `jsonl` says why, in `error`, and the connection"
              + " of the others is broken off")
  @ApiResponse(
      responseCode = "200",
      description = "The results, in the format that was asked for",
      content = {
        @Content(mediaType = "application/x-ndjson"),
        @Content(mediaType = "text/csv"),
        @Content(mediaType = "application/vnd.apache.parquet")
      })
  void executionResults(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "rows") ResultFormat format,
      @RequestParam(required = false) @Nullable String server,
      @RequestParam(required = false) @Nullable String database,
      @RequestParam(required = false) @Nullable String step,
      @RequestParam(required = false) @Nullable Lifecycle lifecycle,
      @RequestParam(defaultValue = "false") boolean follow,
      @RequestParam(defaultValue = "false") boolean stopWhenGone,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    if (follow && format.oneTable()) {
      throw EdjException.invalid(
          "follow", "does not go with %s; ask for rows or jsonl".formatted(format));
    }
    if (stopWhenGone && !follow) {
      throw EdjException.invalid("stopWhenGone", "goes with follow only");
    }
    if (stopWhenGone && !queries.contains(id)) {
      throw EdjException.invalid("stopWhenGone", "goes with queries only");
    }
    ResultReading reading = results.open(id, new ResultFilter(server, database, step, lifecycle));
    response.setContentType(format.mediaType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"results-%s.%s\"".formatted(id, format.fileEnding()));
    boolean stayed = StreamedAnswer.send(request, response, new Answer(reading, format, follow));
    if (stopWhenGone && !stayed) {
      executions.stop(id);
    }
  }

  @GetMapping("/comparison")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Which databases returned the same in an execution, step by step, and how the others"
              + " differ from the most")
  Comparison executionComparison(
      @PathVariable UUID id, @RequestParam(required = false) @Nullable String step)
      throws Exception {
    return results.compare(id, step);
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }

  private final class Answer implements StreamedAnswer.Body {

    private final ResultReading reading;
    private final ResultFormat format;
    private final boolean follow;
    private @Nullable ResultWriter writer;

    Answer(ResultReading reading, ResultFormat format, boolean follow) {
      this.reading = reading;
      this.format = format;
      this.follow = follow;
    }

    @Override
    public void write(OutputStream out) throws Exception {
      ResultWriter writing = reading.writer(format, out);
      writer = writing;
      if (follow) {
        reading.follow(writing, () -> !closing);
      } else {
        reading.write(writing, () -> !closing);
      }
    }

    @Override
    public boolean giveUp(Problem problem) throws IOException {
      return writer != null && writer.giveUp(problem.status(), problem.code(), problem.detail());
    }
  }
}
