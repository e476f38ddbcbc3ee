package dev.edj.execution;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One run of a job (no parent), or one of its children: a step in one database.
///
/// @param step null for a run of several steps, like whatever differs between them: content,
///   version, credential, policy, target, results
/// @param results what becomes of the rows that the script returns
/// @param destination where they go when they are sent; null for a run of several steps
/// @param waitingCause why nothing happens at the moment; null when something does or all has ended
/// @param attempt number of the newest attempt, from 1; 0 before the first
/// @param nextRetryAt set while it waits for its retry
/// @param schedule name of the schedule that started it; null when something else did
/// @param plannedAt when its schedule's rule had it start
/// @param followsId the execution of another job whose end started it
/// @param message why it ended or waits: the newest attempt's error
/// @param children how the children stand, one for each step on each of its databases; null for a
///   child
/// @param steps of a run of several steps; else null
public record JobExecution(
    UUID id,
    @Nullable UUID parentId,
    String job,
    int jobVersion,
    Purpose purpose,
    @Nullable Integer stepId,
    @Nullable String step,
    @Nullable String content,
    @Nullable Integer contentVersion,
    @Nullable String credential,
    @Nullable String policy,
    @Nullable String target,
    @Nullable ResultMode results,
    @Nullable Destination destination,
    @Nullable String server,
    @Nullable String database,
    Lifecycle lifecycle,
    @Nullable String waitingCause,
    int attempt,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant nextRetryAt,
    boolean cancelRequested,
    String createdBy,
    @Nullable String schedule,
    @Nullable Instant plannedAt,
    @Nullable UUID followsId,
    @Nullable String message,
    @Nullable Counts children,
    @Nullable List<RunStep> steps) {

  JobExecution withSteps(List<RunStep> all) {
    return new JobExecution(
        id,
        parentId,
        job,
        jobVersion,
        purpose,
        stepId,
        step,
        content,
        contentVersion,
        credential,
        policy,
        target,
        results,
        destination,
        server,
        database,
        lifecycle,
        waitingCause,
        attempt,
        createdAt,
        startedAt,
        endedAt,
        nextRetryAt,
        cancelRequested,
        createdBy,
        schedule,
        plannedAt,
        followsId,
        message,
        children,
        all);
  }
}
