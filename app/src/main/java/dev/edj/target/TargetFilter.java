package dev.edj.target;

import org.jspecify.annotations.Nullable;

/// Which targets to list; null leaves a criterion out.
public record TargetFilter(
    @Nullable TargetKind kind,
    @Nullable String server,
    @Nullable String database,
    @Nullable String name) {

  public static final TargetFilter ALL = new TargetFilter(null, null, null, null);
}
