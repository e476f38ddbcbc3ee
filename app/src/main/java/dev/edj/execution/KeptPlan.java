package dev.edj.execution;

import java.time.Instant;
import java.util.UUID;

/// What an attempt at a child was about to do to its database, or would do.
///
/// @param executionId the child's
/// @param attempt the newest that made a plan
/// @param changesNothing whether the database was what the package describes
/// @param report in the form of DacFx's DeployReport, XML
public record KeptPlan(
    UUID executionId,
    int attempt,
    Instant plannedAt,
    String packageSha256,
    boolean changesNothing,
    String script,
    String report) {}
