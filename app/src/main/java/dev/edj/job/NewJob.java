package dev.edj.job;

import dev.edj.execution.Rollout;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job to be created.
///
/// @param enabled null means yes
/// @param parameters script variables with their values; one that is null has to be given at each
///   start
/// @param secrets the same for values that nobody but workers may read
/// @param rollout null means all databases at once
public record NewJob(
    String name,
    @Nullable String description,
    List<NewJobStep> steps,
    @Nullable Boolean enabled,
    @Nullable Map<String, @Nullable String> parameters,
    @Sensitive @Nullable Map<String, @Nullable String> secrets,
    @Nullable Rollout rollout) {

  /// A job without secrets that goes to all its databases at once.
  public NewJob(
      String name,
      @Nullable String description,
      List<NewJobStep> steps,
      @Nullable Boolean enabled,
      @Nullable Map<String, @Nullable String> parameters) {
    this(name, description, steps, enabled, parameters, null, null);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
