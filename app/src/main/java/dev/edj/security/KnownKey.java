package dev.edj.security;

import java.time.Instant;

/// A public key as people see it.
///
/// @param credentials how many passwords are encrypted with it
public record KnownKey(String keyId, Instant createdAt, int credentials) {}
