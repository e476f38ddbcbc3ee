package dev.edj.audit;

import org.jspecify.annotations.Nullable;

/// What something was done to.
///
/// @param name of an execution that of its job
/// @param version that was made, or started
public record AuditedObject(
    String kind, @Nullable String name, @Nullable String id, @Nullable Integer version) {}
