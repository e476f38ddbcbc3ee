package dev.edj.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One process of the service as people see it.
///
/// @param labels what it can reach, each `key=value`
/// @param lease after this long without a heartbeat it counts as lost
/// @param facts on what it runs and how it is set up, each `key=value`
/// @param clockAhead how far its clock was ahead of the control database's at the last heartbeat,
///   to some milliseconds; negative when it was behind
/// @param inProgress how many child executions it works on
/// @param children those it works on, the oldest first, up to a limit; null in a listing
public record ServiceNode(
    long id,
    String name,
    NodeLifecycle lifecycle,
    Set<NodeRole> roles,
    Set<String> labels,
    String version,
    Duration lease,
    Instant startedAt,
    Instant lastHeartbeatAt,
    @Nullable Instant stoppedAt,
    Set<String> facts,
    @Nullable Duration clockAhead,
    int inProgress,
    @Nullable List<RunningChild> children) {}
