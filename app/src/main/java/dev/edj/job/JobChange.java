package dev.edj.job;

import dev.edj.execution.Rollout;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to change of a job; null leaves it as it is. Steps, parameters and rollout are replaced as
/// a whole.
public record JobChange(
    @Nullable String description,
    @Nullable List<NewJobStep> steps,
    @Nullable Boolean enabled,
    @Nullable Map<String, String> parameters,
    @Nullable Rollout rollout) {

  /// A change that leaves the rollout as it is.
  public JobChange(
      @Nullable String description,
      @Nullable List<NewJobStep> steps,
      @Nullable Boolean enabled,
      @Nullable Map<String, String> parameters) {
    this(description, steps, enabled, parameters, null);
  }
}
