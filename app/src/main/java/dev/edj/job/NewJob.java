package dev.edj.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job to be created.
///
/// @param enabled null means yes
/// @param parameters script variables with their values
public record NewJob(
    String name,
    @Nullable String description,
    List<NewJobStep> steps,
    @Nullable Boolean enabled,
    @Nullable Map<String, String> parameters) {}
