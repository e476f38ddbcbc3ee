package dev.edj.content;

import org.jspecify.annotations.Nullable;

/// The next version of a script.
public record NewContentVersion(String text, @Nullable String comment) {}
