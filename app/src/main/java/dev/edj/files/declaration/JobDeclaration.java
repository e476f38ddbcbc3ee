package dev.edj.files.declaration;

import dev.edj.execution.Rollout;
import dev.edj.job.NewJobStep;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job in a file: [dev.edj.job.NewJob], with its secrets by where they are.
///
/// @param enabled null leaves a job as it is, and makes a new one that is
/// @param secrets one that is null has to be given at each start
public record JobDeclaration(
    String name,
    @Nullable String description,
    List<NewJobStep> steps,
    @Nullable Boolean enabled,
    @Nullable Map<String, @Nullable String> parameters,
    @Nullable Map<String, @Nullable SecretSource> secrets,
    @Nullable Rollout rollout) {}
