package dev.edj.target;

import dev.edj.engine.PasswordMethod;
import dev.edj.engine.TlsMode;
import dev.edj.node.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A target as the control database holds it, with the names of what it refers to.
record TargetRow(
    UUID targetId,
    String name,
    TargetKind kind,
    @Nullable Integer serverId,
    @Nullable String server,
    @Nullable String databaseName,
    @Nullable String shardMapName,
    @Nullable String poolName,
    @Nullable Long credentialId,
    @Nullable String credential,
    boolean includeSystemDatabases,
    List<String> namePatterns,
    List<String> excludePatterns,
    @Nullable TlsMode tls,
    @Nullable String trustedCertificate,
    @Nullable List<String> pinnedCertificates,
    @Nullable List<PasswordMethod> passwordMethods,
    @Nullable Duration connectTimeout,
    @Nullable Integer maxConnections,
    @Nullable List<String> requiredLabels,
    Instant createdAt,
    Instant updatedAt) {

  Target target() {
    return target(kind == TargetKind.Server ? settings() : null);
  }

  /// With the settings of its server, which can be changed by way of any target there.
  Target audited() {
    return target(settings());
  }

  private Target target(@Nullable ServerSettings settings) {
    return new Target(
        targetId,
        name,
        kind,
        server,
        databaseName,
        shardMapName,
        poolName,
        credential,
        includeSystemDatabases,
        namePatterns,
        excludePatterns,
        settings,
        createdAt,
        updatedAt);
  }

  private @Nullable ServerSettings settings() {
    return tls == null
            || pinnedCertificates == null
            || passwordMethods == null
            || connectTimeout == null
            || maxConnections == null
            || requiredLabels == null
        ? null
        : new ServerSettings(
            tls,
            trustedCertificate,
            pinnedCertificates,
            passwordMethods,
            connectTimeout,
            maxConnections,
            Labels.byKey(requiredLabels));
  }
}
