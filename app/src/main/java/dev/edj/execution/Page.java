package dev.edj.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a listing.
///
/// @param next what to pass as `after` for the next page; null on the last one
public record Page<T>(List<T> items, @Nullable String next) {}
