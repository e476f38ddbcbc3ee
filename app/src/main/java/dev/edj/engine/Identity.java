package dev.edj.engine;

import org.jspecify.annotations.Nullable;

/// Who logs in, and what proves it: a password, a client certificate, or both.
///
/// @param issuer of a password that is a token; null for one that somebody chose
public record Identity(
    String user,
    Password password,
    @Nullable ClientCertificate certificate,
    @Nullable TokenIssuer issuer) {

  public Identity(String user, Password password, @Nullable ClientCertificate certificate) {
    this(user, password, certificate, null);
  }

  public static Identity of(String user, Password password) {
    return new Identity(user, password, null);
  }

  Identity withoutCertificate() {
    return new Identity(user, password, null, issuer);
  }

  boolean hasToken() {
    return issuer != null;
  }

  void refused() {
    if (issuer != null) {
      issuer.drop(password);
    }
  }
}
