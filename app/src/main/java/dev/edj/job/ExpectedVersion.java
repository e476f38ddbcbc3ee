package dev.edj.job;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/// Keeps a change from undoing another one that came first.
final class ExpectedVersion {

  private ExpectedVersion() {}

  /// Refuses a change that was made of another version than the job has, and says what that one
  /// changed.
  ///
  /// @param now the job as it is while nobody else can change it
  static void require(JobStore store, long jobId, Job now, int expected) {
    if (now.version() == expected) {
      return;
    }
    throw new EdjException(
        ErrorCode.CHANGED_MEANWHILE,
        "expectedVersion",
        "job '%s' has version %d by now, and this change was made of version %d%s; nothing was changed"
            .formatted(now.name(), now.version(), expected, others(store, jobId, now, expected)));
  }

  private static String others(JobStore store, long jobId, Job now, int expected) {
    List<JobRows.JobRow> then = store.jobs(now.name(), expected);
    if (then.isEmpty()) {
      return ", which there is not";
    }
    List<String> changed = new ArrayList<>();
    if (!store.references(jobId, expected).equals(store.references(jobId, now.version()))) {
      changed.add("steps");
    }
    JobRows.JobRow newest = store.jobs(now.name(), null).getFirst();
    if (!then.getFirst().values().equals(newest.values())) {
      changed.add("parameters");
    }
    if (!then.getFirst().rollout().equals(newest.rollout())) {
      changed.add("rollout");
    }
    // Changed and changed back.
    return changed.isEmpty() ? "" : " (changed since: %s)".formatted(String.join(", ", changed));
  }
}
