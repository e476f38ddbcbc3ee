package dev.edj.security;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key as people see it: never its private half.
///
/// @param credentials how many passwords are encrypted with it
/// @param heldBy live nodes that have its private half
/// @param missingOn live nodes that decrypt, and do not have it
public record KnownKey(
    String keyId,
    KeyLifecycle lifecycle,
    Instant createdAt,
    @Nullable Instant activatedAt,
    @Nullable Instant retiredAt,
    int credentials,
    List<String> heldBy,
    List<String> missingOn) {}
