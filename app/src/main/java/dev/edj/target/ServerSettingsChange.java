package dev.edj.target;

import dev.edj.engine.TlsMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What to change of a server's settings; null leaves it as it is.
///
/// @param trustedCertificate blank goes back to the certificates of the Java runtime
public record ServerSettingsChange(
    @Nullable TlsMode tls,
    @Nullable String trustedCertificate,
    @Nullable Duration connectTimeout,
    @Nullable Integer maxConnections) {}
