package dev.edj.target;

import org.jspecify.annotations.Nullable;

/// Which targets to look through; null leaves a criterion out.
///
/// @param text a part of the name, in whatever case
/// @param loose only those that are in no collection
/// @param after the name of the last one of the page before
public record TargetSearch(
    @Nullable TargetKind kind, @Nullable String text, boolean loose, @Nullable String after) {}
