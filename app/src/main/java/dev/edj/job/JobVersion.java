package dev.edj.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A version of a job, as the list of them shows it.
///
/// @param createdBy null where it was not known
public record JobVersion(
    int version, String description, Instant createdAt, @Nullable String createdBy) {}
