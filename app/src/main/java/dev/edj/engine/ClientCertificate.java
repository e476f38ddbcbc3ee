package dev.edj.engine;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate that a client shows to a server, and the private key by which it proves that the
/// certificate is its own. The key is in memory only, and does not show itself.
///
/// @param chain the client's own certificate first, then those of its authorities
public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {

  @Override
  public String toString() {
    return "ClientCertificate[subject=" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
