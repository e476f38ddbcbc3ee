package dev.edj.target;

import java.util.List;

/// A database that was met below a target, and why it belongs to it or not.
///
/// @param server canonical server name
/// @param in whether the target has it
/// @param ways the ways by which it is in, such as `tenants > eu > server db1`; of one that is out
///   those that exclude it, such as `tenants > 'db1/template'`. Some of them when there are many
public record ExplainedDatabase(String server, String database, boolean in, List<String> ways) {}
