package dev.edj.portal.execution;

import dev.edj.execution.BatchExecution;
import dev.edj.execution.ErrorPlace;
import dev.edj.execution.JobExecution;
import dev.edj.execution.TaskExecution;
import dev.edj.portal.site.PagePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One database of a run as its page shows it.
///
/// @param attempts the newest first
/// @param shown the attempt whose batches and log are shown; null before the first
/// @param batches of that attempt
/// @param log the end of what it printed
/// @param logCut whether it printed more before that
record ChildPage(
    JobExecution child,
    List<TaskExecution> attempts,
    @Nullable TaskExecution shown,
    List<BatchExecution> batches,
    String log,
    boolean logCut) {

  private static final int MOST_ATTEMPTS = 50;
  private static final int MOST_BATCHES = 200;

  public boolean isEnded() {
    return child.lifecycle().ended();
  }

  public boolean isStoppable() {
    return !isEnded() && !child.cancelRequested();
  }

  public String sentence() {
    return "%s: %s, attempt %d."
        .formatted(child.database(), child.lifecycle(), Math.max(1, child.attempt()));
  }

  public List<TaskExecution> newestAttempts() {
    return attempts.stream().limit(MOST_ATTEMPTS).toList();
  }

  public int olderAttempts() {
    return Math.max(0, attempts.size() - MOST_ATTEMPTS);
  }

  /// The last ones: where it is, or where it failed.
  public List<BatchExecution> lastBatches() {
    return batches.subList(Math.max(0, batches.size() - MOST_BATCHES), batches.size());
  }

  public int earlierBatches() {
    return Math.max(0, batches.size() - MOST_BATCHES);
  }

  /// Why it ended or waits, as the attempt says that is shown.
  public @Nullable String message() {
    return shown != null && shown.message() != null ? shown.message() : child.message();
  }

  public @Nullable ErrorPlace failedAt() {
    String message = message();
    return message == null ? null : ErrorPlace.find(message).orElse(null);
  }

  public boolean isShown(TaskExecution attempt) {
    return shown != null && shown.number() == attempt.number();
  }

  public PagePath path(TaskExecution attempt) {
    return PagePath.of("executions", child.id()).with("attempt", attempt.number());
  }
}
