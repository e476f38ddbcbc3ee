package dev.edj.target;

import java.util.List;

/// What a server or a shard map answered when it was asked for its databases.
///
/// @param unusable databases that nobody can connect to as their shard map says, or whose names
///   cannot be used; each is to fail by itself
/// @param notes what a person should know about it
record Listing(
    List<ResolvedDatabase> databases, List<ResolvedDatabase> unusable, List<String> notes) {}
