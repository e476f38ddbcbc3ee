package dev.edj.content;

import java.time.Instant;

/// A named script or package; its texts are its versions.
public record Content(
    String name, ContentKind kind, int latestVersion, Instant createdAt, Instant updatedAt) {}
