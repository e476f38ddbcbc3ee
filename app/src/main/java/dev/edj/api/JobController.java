package dev.edj.api;

import static dev.edj.api.Bounds.LARGEST_PAGE;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.NewExecution;
import dev.edj.job.Job;
import dev.edj.job.JobChange;
import dev.edj.job.Jobs;
import dev.edj.job.NewJob;
import dev.edj.scope.Narrowing;
import dev.edj.trace.Traces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/jobs")
@Tag(name = "Jobs")
class JobController {

  private final Jobs jobs;
  private final Executions executions;
  private final StartTrace trace;
  private final Lists lists;

  JobController(Jobs jobs, Executions executions, Traces traces, Lists lists) {
    this.jobs = jobs;
    this.executions = executions;
    this.lists = lists;
    this.trace = new StartTrace(traces, InstantSource.system());
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Jobs, all in the order of their names; with `limit` a page of them, with a `Link` to the"
              + " next")
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              array = @ArraySchema(schema = @Schema(implementation = Job.class))))
  void listJobs(
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Schema(minimum = "1", maximum = "" + LARGEST_PAGE)
          @Nullable Integer limit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    lists.send(request, response, after, limit, Job::name, jobs::list);
  }

  @PostMapping
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.REQUEST)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Create a job; the rows that a step's script returns are kept (`results`: `Keep`), dropped"
              + " (`Drop`), or sent to the table that its `destination` names (`Send`)")
  ResponseEntity<Job> createJob(@RequestBody NewJob job, Principal user) {
    Job created = jobs.create(job, user.getName());
    return ResponseEntity.created(Locations.of("jobs", created.name())).body(created);
  }

  @GetMapping("/{name}")
  @Allowed(Permission.READ)
  @Operation(summary = "One job")
  Job job(@PathVariable String name) {
    return jobs.named(name);
  }

  @PatchMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  @Operation(
      summary =
          "Change a job; a running execution keeps the version it started with. `steps` takes the"
              + " place of all steps: one without a `destination` has none any more. With the"
              + " `expectedVersion` that the change was made of, it is refused when there is another by"
              + " then")
  Job updateJob(@PathVariable String name, @RequestBody JobChange change, Principal user) {
    return jobs.update(name, change, user.getName());
  }

  @DeleteMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary =
          "Mark a job for deletion: it goes with its history when its active executions have ended;"
              + " `force` stops them first")
  void deleteJob(@PathVariable String name, @RequestParam(defaultValue = "false") boolean force) {
    jobs.delete(name);
    if (force) {
      executions.stopJob(name);
    }
  }

  @PostMapping("/{name}/enable")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  @Operation(summary = "Let a job be started")
  Job enableJob(@PathVariable String name) {
    return jobs.enable(name);
  }

  @PostMapping("/{name}/disable")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
  @Operation(summary = "Let a job not be started; active executions go on")
  Job disableJob(@PathVariable String name) {
    return jobs.disable(name);
  }

  @PostMapping("/{name}/start")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.JOB)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary =
          "Start an execution of a job, in its current version or an older one, with values for its"
              + " parameters; with the purpose `Check` it only finds out where the job could run, with"
              + " `Trial` all is rolled back")
  ResponseEntity<JobExecution> startJob(
      @PathVariable String name,
      @RequestBody(required = false) @Nullable NewExecution what,
      Principal user,
      HttpServletRequest request) {
    Instant begun = trace.now();
    JobExecution started =
        executions.start(
            name, Objects.requireNonNullElse(what, NewExecution.CURRENT), user.getName());
    trace.started(started, begun, request);
    return ResponseEntity.accepted()
        .location(Locations.of("executions", started.id().toString()))
        .body(started);
  }

  @PostMapping("/{name}/stop")
  @Allowed(value = Permission.RUN, narrowed = Narrowing.JOB)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Stop all active executions of a job")
  List<JobExecution> stopJob(@PathVariable String name) {
    return executions.stopJob(name);
  }
}
