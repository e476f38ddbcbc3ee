package dev.edj.job;

import dev.edj.execution.Rollout;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job to be created.
///
/// @param enabled null means yes
/// @param parameters script variables with their values
/// @param rollout null means all databases at once
public record NewJob(
    String name,
    @Nullable String description,
    List<NewJobStep> steps,
    @Nullable Boolean enabled,
    @Nullable Map<String, String> parameters,
    @Nullable Rollout rollout) {

  /// A job that goes to all its databases at once.
  public NewJob(
      String name,
      @Nullable String description,
      List<NewJobStep> steps,
      @Nullable Boolean enabled,
      @Nullable Map<String, String> parameters) {
    this(name, description, steps, enabled, parameters, null);
  }
}
