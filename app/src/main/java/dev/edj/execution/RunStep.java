package dev.edj.execution;

/// One step of a run of several, as the run pinned it.
///
/// @param children how its children stand
public record RunStep(
    int stepId,
    String step,
    String content,
    int contentVersion,
    String credential,
    String policy,
    String target,
    Counts children) {}
