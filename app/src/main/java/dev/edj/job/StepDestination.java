package dev.edj.job;

import dev.edj.execution.SchemaDrift;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jspecify.annotations.Nullable;

/// A step's destination with the ids of what it refers to; public because Jdbi binds public classes
/// only.
@PropagateNull("serverId") // A step without a server has no destination.
public record StepDestination(
    int serverId,
    String database,
    @Nullable String schema,
    String table,
    long credentialId,
    SchemaDrift drift,
    boolean sourceColumns) {}
