package dev.edj.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far the waves of a run have come.
///
/// @param waves how many there are
/// @param openWave the newest that was begun, from 1
/// @param openWaveEnded whether all of it has ended
/// @param awaitsApproval whether the next one waits for somebody's approval
/// @param failureLimit how many failed databases are too many; null when there is no limit
/// @param haltedAt when they were too many
public record RunWaves(
    int waves,
    int openWave,
    boolean openWaveEnded,
    boolean awaitsApproval,
    @Nullable Integer failureLimit,
    @Nullable Instant haltedAt) {}
