package dev.edj.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// The SHA-256 of a certificate, or of its public key, which outlives the certificate.
///
/// @param sha256 64 hexadecimal digits in lower case
public record CertificatePin(String sha256) {

  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

  /// Reads what `openssl x509 -fingerprint -sha256` prints, with colons or without.
  public static CertificatePin parse(String text) {
    String digits = text.strip().toLowerCase(Locale.ROOT).replace(":", "");
    if (!DIGITS.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the SHA-256 of a certificate or of its public key: 64 hexadecimal digits"
              .formatted(text));
    }
    return new CertificatePin(digits);
  }

  /// That of a certificate.
  public static CertificatePin of(X509Certificate certificate) throws CertificateEncodingException {
    return ofBytes(certificate.getEncoded());
  }

  /// That of a certificate's public key.
  static CertificatePin ofPublicKey(X509Certificate certificate) {
    return ofBytes(certificate.getPublicKey().getEncoded());
  }

  boolean matches(X509Certificate certificate) throws CertificateEncodingException {
    return equals(of(certificate)) || equals(ofPublicKey(certificate));
  }

  @Override
  public String toString() {
    return sha256;
  }

  private static CertificatePin ofBytes(byte[] encoded) {
    try {
      return new CertificatePin(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
