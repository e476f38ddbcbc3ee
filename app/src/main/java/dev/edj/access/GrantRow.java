package dev.edj.access;

/// A role of a user as it is kept.
record GrantRow(long userId, Role role) {

  Grant grant() {
    return new Grant(role);
  }
}
