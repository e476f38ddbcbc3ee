package dev.edj.credential;

import java.time.Instant;
import java.util.List;

/// A login as people see it; the password never leaves the store but to a worker.
///
/// @param servers patterns of the servers the password may be sent to; none means no server
public record Credential(
    String name, String userName, List<String> servers, Instant createdAt, Instant updatedAt) {}
