package dev.edj.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to change of a job; null leaves it as it is. Steps and parameters are replaced as a whole.
public record JobChange(
    @Nullable String description,
    @Nullable List<NewJobStep> steps,
    @Nullable Boolean enabled,
    @Nullable Map<String, String> parameters) {}
