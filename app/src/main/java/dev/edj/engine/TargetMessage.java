package dev.edj.engine;

import org.jspecify.annotations.Nullable;

/// Something a batch said without failing: `PRINT`, `RAISE NOTICE`, a warning.
///
/// @param severity the engine's own word or number: `NOTICE`, `Warning`, `10`
/// @param line the line within the batch, from 1
public record TargetMessage(
    String severity,
    @Nullable Integer number,
    @Nullable String sqlState,
    @Nullable Integer line,
    String text) {}
