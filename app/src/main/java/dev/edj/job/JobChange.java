package dev.edj.job;

import dev.edj.execution.Rollout;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to change of a job; null leaves it as it is. Steps, parameters and rollout are replaced as
/// a whole; of the secrets, which nobody can read back, those that are named.
///
/// @param secrets to be added or replaced; one that is null has to be given at each start
/// @param removedSecrets to be taken away
/// @param expectedVersion of the job, which the change was made of: it is refused when the job has
///   another one by then; null takes it as it is
public record JobChange(
    @Nullable String description,
    @Nullable List<NewJobStep> steps,
    @Nullable Boolean enabled,
    @Nullable Map<String, @Nullable String> parameters,
    @Sensitive @Nullable Map<String, @Nullable String> secrets,
    @Nullable List<String> removedSecrets,
    @Nullable Rollout rollout,
    @Nullable Integer expectedVersion) {

  /// A change that leaves secrets and rollout as they are, of whichever version there is.
  public JobChange(
      @Nullable String description,
      @Nullable List<NewJobStep> steps,
      @Nullable Boolean enabled,
      @Nullable Map<String, @Nullable String> parameters) {
    this(description, steps, enabled, parameters, null, null, null, null);
  }

  /// Nothing, but of this version only.
  public static JobChange nothing(int expectedVersion) {
    return new JobChange(null, null, null, null, null, null, null, expectedVersion);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
