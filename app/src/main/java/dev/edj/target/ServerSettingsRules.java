package dev.edj.target;

import static java.util.Objects.requireNonNullElse;

import dev.edj.engine.CertificatePin;
import dev.edj.engine.PasswordMethod;
import dev.edj.engine.TlsMode;
import dev.edj.node.Labels;
import dev.edj.problem.EdjException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The limits of a server's settings.
final class ServerSettingsRules {

  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int MOST_PINS = 10;
  private static final int LONGEST_CERTIFICATE = 1_000_000;

  private ServerSettingsRules() {}

  /// The settings after the change; an [EdjException] that names the field when it breaks a limit.
  static ServerSettings changed(ServerRow server, ServerSettingsChange change) {
    ServerSettings before = server.settings();
    ServerSettings after =
        new ServerSettings(
            requireNonNullElse(change.tls(), before.tls()),
            change.trustedCertificate() == null
                ? before.trustedCertificate()
                : checkedCertificate(change.trustedCertificate()),
            change.pinnedCertificates() == null
                ? before.pinnedCertificates()
                : checkedPins(change.pinnedCertificates()),
            requireNonNullElse(change.passwordMethods(), before.passwordMethods()).stream()
                .distinct()
                .sorted()
                .toList(),
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
    requireProof(server, after);
    return after;
  }

  /// A password in the clear must not go to somebody of whom nothing is known.
  private static void requireProof(ServerRow server, ServerSettings settings) {
    if (settings.tls() == TlsMode.DISABLE && !settings.pinnedCertificates().isEmpty()) {
      throw EdjException.invalid(
          "pinnedCertificates",
          "need an encrypted connection; give another TLS mode than DISABLE, or no pins");
    }
    for (PasswordMethod method : settings.passwordMethods()) {
      if (!method.isOf(server.serverName().engine())) {
        throw EdjException.invalid(
            "passwordMethods", "%s is no way to log in to %s".formatted(method, server.name()));
      }
    }
    if (settings.passwordMethods().contains(PasswordMethod.CLEAR_TEXT)
        && !settings.protection().provesServer()) {
      throw EdjException.invalid(
          "passwordMethods",
          "CLEAR_TEXT needs a server that proves who it is: the TLS mode VERIFY_FULL or VERIFY_CA, or"
              + " a pinned certificate");
    }
  }

  private static List<String> checkedPins(List<String> pins) {
    if (pins.size() > MOST_PINS) {
      throw EdjException.invalid("pinnedCertificates", "must be at most %d".formatted(MOST_PINS));
    }
    try {
      return pins.stream()
          .map(CertificatePin::parse)
          .map(CertificatePin::sha256)
          .distinct()
          .toList();
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid("pinnedCertificates", String.valueOf(e.getMessage()));
    }
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
