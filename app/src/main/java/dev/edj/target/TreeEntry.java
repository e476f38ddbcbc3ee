package dev.edj.target;

import org.jdbi.v3.core.mapper.Nested;

/// A child of a collection, in a tree.
public record TreeEntry(Membership membership, @Nested TargetEntry target) {}
