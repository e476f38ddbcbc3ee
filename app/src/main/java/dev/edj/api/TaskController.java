package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.BatchExecution;
import dev.edj.execution.Executions;
import dev.edj.execution.TaskExecution;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/tasks/{taskId}")
@Tag(name = "Tasks")
class TaskController {

  private static final MediaType PLAIN_TEXT =
      new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  private final Executions executions;

  TaskController(Executions executions) {
    this.executions = executions;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(summary = "One task: an attempt at a unit of work, with its error")
  TaskExecution task(@PathVariable String taskId) {
    return executions.task(taskId);
  }

  @GetMapping("/batches")
  @Allowed(Permission.READ)
  @Operation(summary = "The batches of a script's attempt")
  List<BatchExecution> listBatches(@PathVariable String taskId) {
    return executions.batches(taskId);
  }

  /// Text for whoever does not ask for JSON by name.
  @GetMapping(
      path = "/log",
      produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.ALL_VALUE})
  @Allowed(Permission.READ)
  @Operation(summary = "All that an attempt printed")
  ResponseEntity<String> taskLog(@PathVariable String taskId) {
    return ResponseEntity.ok().contentType(PLAIN_TEXT).body(executions.log(taskId));
  }

  @GetMapping(path = "/log", produces = MediaType.APPLICATION_JSON_VALUE)
  @Allowed(Permission.READ)
  @Operation(hidden = true)
  TaskLog taskLogAsJson(@PathVariable String taskId) {
    return new TaskLog(taskId, executions.log(taskId));
  }
}
