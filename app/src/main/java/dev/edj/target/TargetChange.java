package dev.edj.target;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to change of a target; null leaves it as it is. Its kind, server and database stay: they
/// are what it is.
///
/// @param credential blank goes back to the job's own
public record TargetChange(
    @Nullable String name,
    @Nullable String credential,
    @Nullable Boolean includeSystemDatabases,
    @Nullable ServerSettingsChange settings,
    @Nullable List<String> namePatterns,
    @Nullable List<String> excludePatterns) {

  /// One that leaves the patterns.
  public TargetChange(
      @Nullable String name,
      @Nullable String credential,
      @Nullable Boolean includeSystemDatabases,
      @Nullable ServerSettingsChange settings) {
    this(name, credential, includeSystemDatabases, settings, null, null);
  }
}
