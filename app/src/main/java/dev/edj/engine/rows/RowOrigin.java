package dev.edj.engine.rows;

import java.util.UUID;

/// Where rows come from.
///
/// @param executionId the child execution, which is the value of `internal_execution_id`
/// @param server as it is dialled
public record RowOrigin(UUID executionId, String server, String database) {}
