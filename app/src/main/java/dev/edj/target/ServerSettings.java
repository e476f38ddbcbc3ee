package dev.edj.target;

import dev.edj.engine.CertificatePin;
import dev.edj.engine.PasswordMethod;
import dev.edj.engine.Protection;
import dev.edj.engine.TlsMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// How EDJ dials a server, whichever target leads there.
///
/// @param trustedCertificate PEM of authority or server certificates to trust instead of the
///   platform's
/// @param pinnedCertificates SHA-256 of the certificates the server may show, or of their public
///   keys; none means any that the TLS mode accepts
/// @param passwordMethods the weaker ways to log in that the server may ask for
/// @param maxConnections the most connections EDJ holds there at once, over all nodes
/// @param requiredLabels what a node must have to connect there
public record ServerSettings(
    TlsMode tls,
    @Nullable String trustedCertificate,
    List<String> pinnedCertificates,
    List<PasswordMethod> passwordMethods,
    Duration connectTimeout,
    int maxConnections,
    SortedMap<String, String> requiredLabels) {

  Protection protection() {
    return new Protection(
        tls,
        trustedCertificate,
        pinnedCertificates.stream().map(CertificatePin::parse).toList(),
        Set.copyOf(passwordMethods));
  }
}
