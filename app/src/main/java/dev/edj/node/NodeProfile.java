package dev.edj.node;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// What a process says of itself when it registers as a node.
///
/// @param name what people call it; not unique
/// @param lease after this long without a heartbeat others take its work
/// @param labels what it can reach, each `key=value`
/// @param version of the program
/// @param facts on what it runs and how it is set up, each `key=value`; nothing that is secret
public record NodeProfile(
    String name,
    Duration lease,
    Set<NodeRole> roles,
    Set<String> labels,
    String version,
    Set<String> facts) {

  /// One that says no more of itself.
  public NodeProfile(
      String name, Duration lease, Set<NodeRole> roles, Set<String> labels, String version) {
    this(name, lease, roles, labels, version, Set.of());
  }

  /// A node with every role and no labels.
  public static NodeProfile of(String name, Duration lease) {
    return new NodeProfile(name, lease, EnumSet.allOf(NodeRole.class), Set.of(), "development");
  }

  public boolean is(NodeRole role) {
    return roles.contains(role);
  }
}
