package dev.edj.engine;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the connection to a server is protected, and what a login is handed over in.
///
/// @param trustedCertificatePem certificates (authorities, or the server's own) trusted instead of
///   those of the Java runtime
/// @param pins one of which the server's certificate must have; none means that any will do which
///   the mode accepts
/// @param passwordMethods the weaker ways to log in that the server may ask for
public record Protection(
    TlsMode tls,
    @Nullable String trustedCertificatePem,
    List<CertificatePin> pins,
    Set<PasswordMethod> passwordMethods) {

  /// Certificates and host names checked, and no weak way to log in.
  public static final Protection FULL = of(TlsMode.VERIFY_FULL, null);

  public static Protection of(TlsMode tls, @Nullable String trustedCertificatePem) {
    return new Protection(tls, trustedCertificatePem, List.of(), Set.of());
  }

  /// Whether the connection can be to nobody but the server: its certificate proves it, or its pin.
  public boolean provesServer() {
    return switch (tls) {
      case VERIFY_FULL, VERIFY_CA -> true;
      case REQUIRE -> !pins.isEmpty();
      case DISABLE -> false;
    };
  }

  /// Whether it can be to nobody but that very server: others can have a certificate of the same
  /// authority, as all servers of a cloud have.
  boolean provesHost() {
    return tls == TlsMode.VERIFY_FULL || (tls != TlsMode.DISABLE && !pins.isEmpty());
  }

  boolean allows(PasswordMethod method) {
    return passwordMethods.contains(method);
  }
}
