package dev.edj.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token as people see it; its secret is shown once, when it is made.
///
/// @param user whose it is; it may never do more than they
/// @param role what it may do at most; null for all that its user may
/// @param lastUsedAt to the minute
public record Token(
    long id,
    String name,
    TokenKind kind,
    String user,
    @Nullable Role role,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    @Nullable Instant lastUsedAt) {}
