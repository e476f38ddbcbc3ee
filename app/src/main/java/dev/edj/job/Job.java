package dev.edj.job;

import dev.edj.execution.Rollout;
import dev.edj.parameter.SecretParameter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job in its current version.
///
/// @param version from 1; every change of what the job does makes a new one
/// @param deleting marked for deletion: no new execution starts, and it goes when the active ones
///   have ended
/// @param parameters script variables with their values; one that is null has to be given at each
///   start
/// @param secrets those whose values are not shown
/// @param rollout in which waves it goes to its databases
public record Job(
    String name,
    String description,
    boolean enabled,
    boolean deleting,
    int version,
    List<JobStep> steps,
    Map<String, @Nullable String> parameters,
    List<SecretParameter> secrets,
    Rollout rollout,
    Instant createdAt,
    Instant updatedAt) {}
