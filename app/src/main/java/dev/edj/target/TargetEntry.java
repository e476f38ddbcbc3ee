package dev.edj.target;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A target in a list that people look through.
///
/// @param server canonical server name; null for a custom collection
/// @param database of a Database; of a ShardMap the one that its manager is in
/// @param members how many children it has; 0 for what is no collection
public record TargetEntry(
    UUID id,
    String name,
    TargetKind kind,
    @Nullable String server,
    @Nullable String database,
    int members) {}
