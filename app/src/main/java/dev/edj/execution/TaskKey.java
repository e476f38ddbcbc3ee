package dev.edj.execution;

import dev.edj.problem.EdjException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A task's id, taken apart.
record TaskKey(UUID executionId, int number) {

  private static final Pattern FORM =
      Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.([1-9][0-9]{0,8})");

  static TaskKey parse(String taskId) {
    Matcher form = FORM.matcher(taskId);
    if (!form.matches()) {
      throw EdjException.invalid(
          "taskId",
          "'%s' is not a task's id, which is an execution's id, a dot and a number"
              .formatted(taskId));
    }
    return new TaskKey(UUID.fromString(form.group(1)), Integer.parseInt(form.group(2)));
  }
}
