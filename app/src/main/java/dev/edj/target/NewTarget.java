package dev.edj.target;

import org.jspecify.annotations.Nullable;

/// A target to be created.
///
/// @param name null means `server/database` or `server/*`; a collection needs one
/// @param credential of a Server: the login that lists its databases; null means the job's own
/// @param includeSystemDatabases of a Server; null means no
/// @param settings of a Server
public record NewTarget(
    TargetKind kind,
    @Nullable String name,
    @Nullable String server,
    @Nullable String database,
    @Nullable String credential,
    @Nullable Boolean includeSystemDatabases,
    @Nullable ServerSettingsChange settings) {}
