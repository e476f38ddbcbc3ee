package dev.edj.job;

import dev.edj.execution.ResultMode;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/// A step with the ids of what it refers to; public because Jdbi binds public classes only.
public record StepReferences(
    int stepId,
    String name,
    long contentId,
    @Nullable Integer contentVersion,
    long credentialId,
    UUID targetId,
    long policyId,
    @Nullable Integer maxParallelism,
    boolean exactlyOnce,
    boolean barrier,
    ResultMode results,
    @Nested("destination") @Nullable StepDestination destination,
    List<String> publishOptions) {}
