package dev.edj.access;

/// A role that somebody has.
public record Grant(Role role) implements Comparable<Grant> {

  @Override
  public int compareTo(Grant other) {
    return role.compareTo(other.role);
  }
}
