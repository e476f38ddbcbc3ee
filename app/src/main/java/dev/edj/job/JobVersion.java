package dev.edj.job;

import java.time.Instant;

/// A version of a job, as the list of them shows it.
public record JobVersion(int version, String description, Instant createdAt) {}
