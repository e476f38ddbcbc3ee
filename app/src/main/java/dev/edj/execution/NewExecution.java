package dev.edj.execution;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to start of a job.
///
/// @param version which version of it; null means the current one
/// @param parameters values of its parameters, instead of the job's own; one that is secret is
///   encrypted as soon as it arrives
/// @param purpose what to start it for; null means to run it
public record NewExecution(
    @Nullable Integer version,
    @Nullable Map<String, @Nullable String> parameters,
    @Nullable Purpose purpose) {

  /// The job as it is now.
  public static final NewExecution CURRENT = new NewExecution(null, null, null);

  @Override
  public String toString() {
    return "NewExecution[version=" + version + ", purpose=" + purpose + "]";
  }
}
