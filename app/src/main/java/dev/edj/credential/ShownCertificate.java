package dev.edj.credential;

import dev.edj.engine.CertificatePin;
import dev.edj.security.ClientCertificates;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/// What anybody may know of a certificate, which is no secret.
///
/// @param sha256 of the certificate, 64 hexadecimal digits
public record ShownCertificate(String subject, String issuer, Instant notAfter, String sha256) {

  private static final Duration SOON = Duration.ofDays(30);

  static ShownCertificate of(String pem) {
    return of(ClientCertificates.chain(pem).getFirst());
  }

  public static ShownCertificate of(X509Certificate own) {
    try {
      return new ShownCertificate(
          own.getSubjectX500Principal().getName(),
          own.getIssuerX500Principal().getName(),
          own.getNotAfter().toInstant(),
          CertificatePin.of(own).sha256());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  /// Whether somebody should see to another one by now.
  public boolean expiresSoon(Instant now) {
    return notAfter.isBefore(now.plus(SOON));
  }

  public boolean isExpired(Instant now) {
    return notAfter.isBefore(now);
  }
}
