package dev.edj.api;

import static dev.edj.api.Bounds.LARGEST_PAGE;
import static dev.edj.api.Bounds.USUAL_PAGE;
import static dev.edj.api.Bounds.between;
import static dev.edj.api.Bounds.storable;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.History;
import dev.edj.execution.History.Purged;
import dev.edj.execution.JobExecution;
import dev.edj.execution.KeptPlan;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Page;
import dev.edj.execution.Purpose;
import dev.edj.execution.TaskExecution;
import dev.edj.scope.Narrowing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/executions")
@Tag(name = "Executions")
class ExecutionController {

  private static final MediaType PLAIN_TEXT =
      new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
  private static final MediaType XML =
      new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8);
  private static final int LONGEST_WAIT_SECONDS = 60;

  /// How long a wait may go on after the service was told to stop.
  private static final Duration WAIT_SLICE = Duration.ofSeconds(1);

  private final Executions executions;
  private final History history;
  private final Lists lists;
  private volatile boolean closing;

  ExecutionController(Executions executions, History history, Lists lists) {
    this.executions = executions;
    this.history = history;
    this.lists = lists;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Executions, newest first: without filters the active top-level ones; a lifecycle or"
              + " `includeInactive` brings those that have ended, `parent` its children (of which no"
              + " job, schedule, target or content can be asked for), `server` and `database` what"
              + " ran there")
  Page<JobExecution> listExecutions(
      @RequestParam(required = false) @Nullable UUID parent,
      @RequestParam(required = false) @Nullable String job,
      @RequestParam(required = false) @Nullable Purpose purpose,
      @RequestParam(required = false) @Nullable String schedule,
      @RequestParam(required = false) @Nullable String target,
      @RequestParam(required = false) @Nullable String content,
      @RequestParam(required = false) @Nullable String server,
      @RequestParam(required = false) @Nullable String database,
      @RequestParam(required = false) @Nullable Lifecycle lifecycle,
      @RequestParam(required = false) @Nullable Instant createdFrom,
      @RequestParam(required = false) @Nullable Instant createdTo,
      @RequestParam(required = false) @Nullable Instant startedFrom,
      @RequestParam(required = false) @Nullable Instant startedTo,
      @RequestParam(defaultValue = "false") boolean includeInactive,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(defaultValue = USUAL_PAGE) @Schema(minimum = "1", maximum = "" + LARGEST_PAGE)
          int limit) {
    return executions.list(
        ExecutionFilter.page(between("limit", limit, 1, LARGEST_PAGE))
            .parent(parent)
            .job(job)
            .purpose(purpose)
            .schedule(schedule)
            .target(target)
            .content(content)
            .server(server)
            .database(database)
            .lifecycle(lifecycle)
            .createdFrom(storable("createdFrom", createdFrom))
            .createdTo(storable("createdTo", createdTo))
            .startedFrom(storable("startedFrom", startedFrom))
            .startedTo(storable("startedTo", startedTo))
            .includeInactive(includeInactive)
            .after(after)
            .filter());
  }

  @GetMapping("/{id}")
  @Allowed(Permission.READ)
  @Operation(summary = "One execution, parent or child")
  JobExecution execution(@PathVariable UUID id) {
    return executions.named(id);
  }

  @GetMapping("/{id}/children")
  @Allowed(Permission.READ)
  @Operation(summary = "The children of an execution, those that have ended too")
  Page<JobExecution> listExecutionChildren(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String server,
      @RequestParam(required = false) @Nullable String database,
      @RequestParam(required = false) @Nullable Lifecycle lifecycle,
      @RequestParam(required = false) @Nullable Instant createdFrom,
      @RequestParam(required = false) @Nullable Instant createdTo,
      @RequestParam(required = false) @Nullable Instant startedFrom,
      @RequestParam(required = false) @Nullable Instant startedTo,
      @RequestParam(defaultValue = "true") boolean includeInactive,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(defaultValue = USUAL_PAGE) @Schema(minimum = "1", maximum = "" + LARGEST_PAGE)
          int limit) {
    return executions.list(
        ExecutionFilter.page(between("limit", limit, 1, LARGEST_PAGE))
            .parent(id)
            .server(server)
            .database(database)
            .lifecycle(lifecycle)
            .createdFrom(storable("createdFrom", createdFrom))
            .createdTo(storable("createdTo", createdTo))
            .startedFrom(storable("startedFrom", startedFrom))
            .startedTo(storable("startedTo", startedTo))
            .includeInactive(includeInactive)
            .after(after)
            .filter());
  }

  @PostMapping("/{id}/stop")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Stop an execution with its children, or one child")
  JobExecution stopExecution(@PathVariable UUID id) {
    return executions.stop(id);
  }

  @PostMapping("/{id}/retry")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary =
          "Start the job of an ended execution again: each step on the databases where it did not"
              + " succeed")
  ResponseEntity<JobExecution> retryExecution(@PathVariable UUID id, Principal user) {
    JobExecution started = executions.retry(id, user.getName());
    return ResponseEntity.accepted()
        .location(Locations.of("executions", started.id().toString()))
        .body(started);
  }

  @PostMapping("/{id}/approve")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.EXECUTION)
  @Operation(
      summary =
          "Let the next wave of an execution begin that waits for approval; `wave` says which one is meant")
  JobExecution approveExecution(
      @PathVariable UUID id, @RequestParam(required = false) @Nullable Integer wave) {
    return executions.approve(id, wave);
  }

  @PostMapping("/purge")
  @Allowed(Permission.ADMINISTER)
  @Operation(
      summary =
          "Remove ended executions with all that is theirs: of a job, or those that ended before a"
              + " time, or both. Stops after a few seconds; ask again as long as there is `more`")
  Purged purgeExecutions(
      @RequestParam(required = false) @Nullable String job,
      @RequestParam(required = false) @Nullable Instant before,
      Principal user) {
    return history.purge(job, storable("before", before), user.getName());
  }

  @GetMapping(path = "/{id}/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "The tasks of an execution, oldest first; with `limit` a page of them, those after a"
              + " number, with a `Link` to the next")
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              array = @ArraySchema(schema = @Schema(implementation = TaskExecution.class))))
  void listTasks(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Integer after,
      @RequestParam(required = false) @Schema(minimum = "1", maximum = "" + LARGEST_PAGE)
          @Nullable Integer limit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    lists.<TaskExecution>send(
        request,
        response,
        after == null ? null : after.toString(),
        limit,
        task -> Integer.toString(task.number()),
        (last, most) -> executions.tasks(id, last == null ? 0 : Integer.parseInt(last), most));
  }

  @GetMapping("/wait")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Answers when all of the executions, or any, have ended, or the time is over; how they"
              + " stand says which")
  List<JobExecution> awaitExecutions(
      @RequestParam List<UUID> id,
      @RequestParam(defaultValue = "all") WaitMode mode,
      @RequestParam(defaultValue = "30") @Schema(minimum = "0", maximum = "" + LONGEST_WAIT_SECONDS)
          int timeoutSeconds) {
    Duration timeout =
        Duration.ofSeconds(between("timeoutSeconds", timeoutSeconds, 0, LONGEST_WAIT_SECONDS));
    return await(id, mode, timeout);
  }

  /// In slices, so that a wait does not hold up the service's stop. It holds a virtual thread only.
  private List<JobExecution> await(List<UUID> ids, WaitMode mode, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      boolean last = left.compareTo(WAIT_SLICE) <= 0;
      List<JobExecution> standing =
          executions.await(ids, mode == WaitMode.any, last ? left : WAIT_SLICE);
      if (last || closing || isOver(standing, mode)) {
        return standing;
      }
    }
  }

  private static boolean isOver(List<JobExecution> standing, WaitMode mode) {
    return switch (mode) {
      case any -> standing.stream().anyMatch(execution -> execution.lifecycle().ended());
      case all -> standing.stream().allMatch(execution -> execution.lifecycle().ended());
    };
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }

  /// Text for whoever does not ask for JSON by name.
  @GetMapping(
      path = "/{id}/plan",
      produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.ALL_VALUE})
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "The script that a child which deploys a data-tier package was about to run in its newest"
              + " attempt; as JSON, with the report")
  ResponseEntity<String> executionPlan(@PathVariable UUID id) {
    return ResponseEntity.ok().contentType(PLAIN_TEXT).body(executions.plan(id).script());
  }

  @GetMapping(path = "/{id}/plan", produces = MediaType.APPLICATION_JSON_VALUE)
  @Allowed(Permission.READ)
  @Operation(hidden = true)
  KeptPlan executionPlanAsJson(@PathVariable UUID id) {
    return executions.plan(id);
  }

  @GetMapping(
      path = "/{id}/report",
      produces = {MediaType.APPLICATION_XML_VALUE, MediaType.ALL_VALUE})
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "The same as a report in the form of DacFx's DeployReport, with what to look out for")
  ResponseEntity<String> executionReport(@PathVariable UUID id) {
    return ResponseEntity.ok().contentType(XML).body(executions.plan(id).report());
  }
}
