package dev.edj.target;

import org.jspecify.annotations.Nullable;

/// What to change of a target; null leaves it as it is. Its kind, server and database stay: they
/// are what it is.
///
/// @param credential blank goes back to the job's own
public record TargetChange(
    @Nullable String name,
    @Nullable String credential,
    @Nullable Boolean includeSystemDatabases,
    @Nullable ServerSettingsChange settings) {}
