package dev.edj.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How often in a row signing in with a name failed, while that counts.
///
/// @param waitUntil when the next attempt is looked at; null when it is now
public record SignInFailures(int count, Instant lastAt, @Nullable Instant waitUntil) {}
