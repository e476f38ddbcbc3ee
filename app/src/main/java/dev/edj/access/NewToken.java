package dev.edj.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A token to be made.
///
/// @param user whose it is to be; null for one's own
/// @param role what it may do at most; null for all that its user may
/// @param lifetime null for 90 days
public record NewToken(
    String name, @Nullable String user, @Nullable Role role, @Nullable Duration lifetime) {}
