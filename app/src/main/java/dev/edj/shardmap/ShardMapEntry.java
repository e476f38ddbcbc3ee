package dev.edj.shardmap;

/// A shard map as the list of all maps shows it.
public record ShardMapEntry(String name, ShardMapKind kind) {}
