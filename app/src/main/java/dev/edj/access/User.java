package dev.edj.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody, or a program, that may use the service.
///
/// @param enabled those who are not can do nothing, nor can their tokens
/// @param hasPassword those without cannot sign in; their tokens do
/// @param signedInAt when they last showed their password
public record User(
    String name,
    String displayName,
    boolean enabled,
    boolean hasPassword,
    List<Grant> grants,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant signedInAt) {}
