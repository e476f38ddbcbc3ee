package dev.edj.access;

import org.jspecify.annotations.Nullable;

/// A role of a user as it is kept.
///
/// @param collection the name of the one that it is narrowed to; null for everywhere
record GrantRow(long userId, Role role, @Nullable String collection) {

  Grant grant() {
    return new Grant(role, collection);
  }
}
