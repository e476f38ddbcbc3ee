package dev.edj.target;

import static java.util.Objects.requireNonNullElse;

import dev.edj.node.Labels;
import dev.edj.problem.EdjException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The limits of a server's settings.
final class ServerSettingsRules {

  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int LONGEST_CERTIFICATE = 1_000_000;

  private ServerSettingsRules() {}

  /// The settings after the change; an [EdjException] that names the field when it breaks a limit.
  static ServerSettings changed(ServerSettings before, ServerSettingsChange change) {
    ServerSettings after =
        new ServerSettings(
            requireNonNullElse(change.tls(), before.tls()),
            change.trustedCertificate() == null
                ? before.trustedCertificate()
                : checkedCertificate(change.trustedCertificate()),
            requireNonNullElse(change.connectTimeout(), before.connectTimeout()),
            requireNonNullElse(change.maxConnections(), before.maxConnections()),
            change.requiredLabels() == null
                ? before.requiredLabels()
                : Labels.byKey(Labels.required("requiredLabels", change.requiredLabels())));
    if (after.connectTimeout().compareTo(SHORTEST_TIMEOUT) < 0
        || after.connectTimeout().compareTo(LONGEST_TIMEOUT) > 0) {
      throw EdjException.invalid("connectTimeout", "must be between 100 ms and 10 minutes");
    }
    if (after.maxConnections() < 1 || after.maxConnections() > MOST_CONNECTIONS) {
      throw EdjException.invalid("maxConnections", "must be between 1 and 10,000");
    }
    return after;
  }

  private static @Nullable String checkedCertificate(String pem) {
    if (pem.isBlank()) {
      return null;
    }
    if (pem.length() > LONGEST_CERTIFICATE || !isCertificates(pem)) {
      throw EdjException.invalid(
          "trustedCertificate",
          "must be one or more X.509 certificates in PEM: -----BEGIN CERTIFICATE----- …");
    }
    return pem;
  }

  private static boolean isCertificates(String pem) {
    try {
      return pem.contains("-----BEGIN CERTIFICATE-----")
          && !CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .isEmpty();
    } catch (CertificateException e) {
      return false;
    }
  }
}
