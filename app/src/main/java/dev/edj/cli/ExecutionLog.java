package dev.edj.cli;

import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.TaskExecution;
import dev.edj.execution.TaskType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds the tasks that tell what happened, and prints their logs.
record ExecutionLog(ApiClient api, Output output) {

  private static final int FAILED_CHILDREN_SHOWN = 20;

  static boolean isTaskId(String id) {
    return id.indexOf('.') > 0;
  }

  /// @param attempt of a child; null means the newest
  void print(String id, @Nullable Integer attempt) {
    if (isTaskId(id)) {
      print(List.of(api.get(TaskExecution.class, ApiPath.of("tasks", id))));
      return;
    }
    JobExecution execution =
        api.get(JobExecution.class, ApiPath.of(ExecutionCommands.NOUN, id)).value();
    if (execution.parentId() == null && attempt != null) {
      throw CommandException.badInput(
          "--attempt is for the child executions; see: edj execution children " + id);
    }
    List<Answer<TaskExecution>> tasks = tasks(id);
    print(execution.parentId() == null ? tasks : attempt(tasks, attempt, id));
    if (execution.parentId() == null && !output.isJson()) {
      failedChildren(id, Lifecycle.Failed);
      failedChildren(id, Lifecycle.TimedOut);
      failedChildren(id, Lifecycle.WaitingForRetry);
    }
  }

  private List<Answer<TaskExecution>> tasks(String id) {
    Answer<List<TaskExecution>> listed =
        api.list(TaskExecution.class, ApiPath.of(ExecutionCommands.NOUN, id, "tasks"));
    List<Answer<TaskExecution>> tasks = new ArrayList<>();
    for (int i = 0; i < listed.value().size(); i++) {
      tasks.add(new Answer<>(listed.json().get(i), listed.value().get(i), null));
    }
    return tasks;
  }

  private static List<Answer<TaskExecution>> attempt(
      List<Answer<TaskExecution>> tasks, @Nullable Integer attempt, String id) {
    List<Answer<TaskExecution>> attempts =
        tasks.stream()
            .filter(task ->
                task.value().type() == TaskType.ScriptExecution
                    || task.value().type() == TaskType.Dacpac)
            .toList();
    if (attempt == null) {
      return attempts.isEmpty() ? List.of() : List.of(attempts.getLast());
    }
    if (attempt < 1 || attempt > attempts.size()) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "execution %s has no attempt %d; it has %d".formatted(id, attempt, attempts.size()));
    }
    return List.of(attempts.get(attempt - 1));
  }

  private void print(List<Answer<TaskExecution>> tasks) {
    JsonMapper mapper = Json.mapper();
    ArrayNode json = mapper.createArrayNode();
    for (Answer<TaskExecution> task : tasks) {
      String log = api.text(ApiPath.of("tasks", task.value().id(), "log"));
      if (output.isJson()) {
        json.add(withLog(mapper, task.json(), log));
      } else {
        print(task.value(), log);
      }
    }
    if (output.isJson()) {
      output.json(json);
    } else if (tasks.isEmpty()) {
      output.line("Nothing has been done yet.");
    }
  }

  private static ObjectNode withLog(JsonMapper mapper, JsonNode task, String log) {
    ObjectNode entry = mapper.createObjectNode();
    entry.set("task", task);
    entry.put("log", log);
    return entry;
  }

  private void print(TaskExecution task, String log) {
    String heading = "%s %s: %s".formatted(task.type(), task.id(), task.lifecycle());
    output.line(Style.of(task.lifecycle()).apply(heading, output.colours()));
    printText(log);
    if (!endsWith(log, task.message())) {
      printText(task.message());
    }
    printText(task.stack());
  }

  /// A batch's failure is the end of its log, too; once is enough.
  private static boolean endsWith(String log, @Nullable String message) {
    return message != null && log.stripTrailing().endsWith(message.stripTrailing());
  }

  private void printText(@Nullable String text) {
    if (text != null && !text.isBlank()) {
      output.line(TextWidth.withoutControls(text).stripTrailing());
    }
  }

  private void failedChildren(String id, Lifecycle lifecycle) {
    Answer<List<JobExecution>> failed =
        api.list(
            JobExecution.class,
            ApiPath.of(ExecutionCommands.NOUN, id, "children").with("lifecycle", lifecycle),
            FAILED_CHILDREN_SHOWN,
            null);
    for (JobExecution child : failed.value()) {
      String heading = "%s: %s".formatted(ExecutionViews.place(child), child.lifecycle());
      output.line("");
      output.line(Style.of(lifecycle).apply(heading, output.colours()));
      printText(child.message());
      output.line("  edj execution log " + child.id());
    }
    if (failed.next() != null) {
      output.line("");
      output.line("More: edj execution children %s --lifecycle %s".formatted(id, lifecycle));
    }
  }
}
