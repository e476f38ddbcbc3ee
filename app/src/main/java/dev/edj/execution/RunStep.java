package dev.edj.execution;

import org.jspecify.annotations.Nullable;

/// One step of a run of several, as the run pinned it.
///
/// @param destination where its rows go when it sends them
/// @param children how its children stand
public record RunStep(
    int stepId,
    String step,
    String content,
    int contentVersion,
    String credential,
    String policy,
    String target,
    ResultMode results,
    @Nullable Destination destination,
    Counts children) {}
