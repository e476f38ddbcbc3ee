package dev.edj.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One key taking the place of another.
///
/// @param keyId the new key; null until there is one
/// @param waitingFor what somebody has to do before it goes on; null when nothing
/// @param endedAt when nothing was encrypted with older keys any more
public record KeyRotation(
    long id,
    Instant requestedAt,
    @Nullable String keyId,
    @Nullable String waitingFor,
    @Nullable Instant endedAt) {}
