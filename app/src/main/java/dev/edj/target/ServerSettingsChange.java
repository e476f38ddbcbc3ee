package dev.edj.target;

import dev.edj.engine.TlsMode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to change of a server's settings; null leaves it as it is.
///
/// @param trustedCertificate blank goes back to the certificates of the Java runtime
/// @param requiredLabels all of them, by their keys; an empty map means none
public record ServerSettingsChange(
    @Nullable TlsMode tls,
    @Nullable String trustedCertificate,
    @Nullable Duration connectTimeout,
    @Nullable Integer maxConnections,
    @Nullable Map<String, String> requiredLabels) {}
