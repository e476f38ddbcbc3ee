package dev.edj.access;

import org.jspecify.annotations.Nullable;

/// What changes of a user; null leaves it as it is.
public record UserChange(@Nullable String displayName, @Nullable Boolean enabled) {}
