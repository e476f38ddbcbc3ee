package dev.edj.execution;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to start of a job.
///
/// @param version which version of it; null means the current one
/// @param parameters values of its parameters, instead of the job's own, that everybody may read
/// @param secrets values that nobody but workers may read; encrypted as soon as they arrive
/// @param purpose what to start it for; null means to run it
public record NewExecution(
    @Nullable Integer version,
    @Nullable Map<String, @Nullable String> parameters,
    @Sensitive @Nullable Map<String, @Nullable String> secrets,
    @Nullable Purpose purpose) {

  /// The job as it is now.
  public static final NewExecution CURRENT = new NewExecution(null, null, null, null);

  /// Without secret values.
  public NewExecution(
      @Nullable Integer version,
      @Nullable Map<String, @Nullable String> parameters,
      @Nullable Purpose purpose) {
    this(version, parameters, null, purpose);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
