package dev.edj.job;

import dev.edj.execution.Rollout;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to change of a job; null leaves it as it is. Steps, parameters and rollout are replaced as
/// a whole; of the secrets, which nobody can read back, those that are named.
///
/// @param secrets to be added or replaced; one that is null has to be given at each start
/// @param removedSecrets to be taken away
public record JobChange(
    @Nullable String description,
    @Nullable List<NewJobStep> steps,
    @Nullable Boolean enabled,
    @Nullable Map<String, @Nullable String> parameters,
    @Nullable Map<String, @Nullable String> secrets,
    @Nullable List<String> removedSecrets,
    @Nullable Rollout rollout) {

  /// A change that leaves secrets and rollout as they are.
  public JobChange(
      @Nullable String description,
      @Nullable List<NewJobStep> steps,
      @Nullable Boolean enabled,
      @Nullable Map<String, @Nullable String> parameters) {
    this(description, steps, enabled, parameters, null, null, null);
  }

  @Override
  public String toString() {
    return "JobChange[steps=" + steps + ", enabled=" + enabled + "]";
  }
}
