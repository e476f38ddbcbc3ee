package dev.edj.content;

import org.jspecify.annotations.Nullable;

/// A script to be created, with the comment of its first version.
public record NewContent(String name, String text, @Nullable String comment) {}
