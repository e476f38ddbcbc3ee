package dev.edj.node;

import java.time.Instant;
import java.util.UUID;

/// A child execution that a node works on.
///
/// @param parentId the job execution it belongs to
/// @param server canonical server name
/// @param startedAt when this attempt was claimed
public record RunningChild(
    UUID id,
    UUID parentId,
    String job,
    String server,
    String database,
    int attempt,
    Instant startedAt) {}
