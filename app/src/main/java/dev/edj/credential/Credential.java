package dev.edj.credential;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A login as people see it; its secrets never leave the store but to a worker.
///
/// @param tokenCommand name of the command on the nodes whose output is the password
/// @param servers patterns of the servers the login may be sent to; none means no server
public record Credential(
    String name,
    String userName,
    List<LoginProof> proofs,
    @Nullable String tokenCommand,
    @Nullable ShownCertificate clientCertificate,
    List<String> servers,
    Instant createdAt,
    Instant updatedAt) {}
