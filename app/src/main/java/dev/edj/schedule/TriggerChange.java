package dev.edj.schedule;

import org.jspecify.annotations.Nullable;

/// What to change of a trigger; null leaves it as it is.
///
/// @param enabled a trigger that is enabled again begins to count then
public record TriggerChange(
    @Nullable Boolean enabled,
    @Nullable EndCondition on,
    @Nullable Overlap overlap,
    @Nullable Misfire misfire) {}
