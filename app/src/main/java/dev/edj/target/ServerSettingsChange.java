package dev.edj.target;

import dev.edj.engine.PasswordMethod;
import dev.edj.engine.TlsMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to change of a server's settings; null leaves it as it is.
///
/// @param trustedCertificate blank goes back to the certificates of the Java runtime
/// @param pinnedCertificates all of them; none means that any will do which the TLS mode accepts
/// @param passwordMethods all weaker ways to log in that the server may ask for
/// @param requiredLabels all of them, by their keys; an empty map means none
public record ServerSettingsChange(
    @Nullable TlsMode tls,
    @Nullable String trustedCertificate,
    @Nullable List<String> pinnedCertificates,
    @Nullable List<PasswordMethod> passwordMethods,
    @Nullable Duration connectTimeout,
    @Nullable Integer maxConnections,
    @Nullable Map<String, String> requiredLabels) {}
