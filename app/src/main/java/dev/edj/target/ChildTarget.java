package dev.edj.target;

/// A target as a member of a custom collection.
public record ChildTarget(Membership membership, Target target) {}
