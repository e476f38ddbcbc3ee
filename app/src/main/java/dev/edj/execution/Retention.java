package dev.edj.execution;

import java.time.Duration;

/// How long what has ended is kept.
///
/// @param runs ended runs, with all that is theirs
/// @param results what their children returned, and the plans of packages, if that is shorter
public record Retention(Duration runs, Duration results) {}
