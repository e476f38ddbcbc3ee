package dev.edj.target;

/// One database that a target is now.
///
/// @param server canonical server name
public record ResolvedDatabase(String server, String database) {}
