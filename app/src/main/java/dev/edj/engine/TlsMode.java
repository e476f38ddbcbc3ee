package dev.edj.engine;

/// How far the connection to a server is protected.
public enum TlsMode {
  /// Encrypted; the certificate must lead to a trusted authority and be for this host. The default.
  VERIFY_FULL,
  /// Encrypted; the certificate must lead to a trusted authority, for whichever host.
  VERIFY_CA,
  /// Encrypted; the certificate is not checked, so whoever is in between can read along.
  REQUIRE,
  /// Not encrypted.
  DISABLE
}
