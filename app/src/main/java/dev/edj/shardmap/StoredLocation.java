package dev.edj.shardmap;

/// A shard's location as the catalog has it.
///
/// @param protocol 0 any, 1 TCP, 2 named pipes, 3 shared memory
/// @param port 0 when the map names none
public record StoredLocation(String serverName, int protocol, int port) {}
