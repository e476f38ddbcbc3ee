package dev.edj.engine;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Checks that a certificate leads to a trusted authority, but not for which host it is. The SQL
/// Server driver creates it by name.
public final class ChainTrustManager implements X509TrustManager {

  private final X509TrustManager chain;

  /// @param pem the trusted certificates; blank means those of the Java runtime
  public ChainTrustManager(String pem) throws GeneralSecurityException, IOException {
    chain = trustManager(pem);
  }

  static X509TrustManager trustManager(String pem) throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(pem.isBlank() ? null : TrustingSocketFactory.keyStore(pem));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("this Java runtime cannot check certificates");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType)
      throws CertificateException {
    chain.checkServerTrusted(certificates, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String authType)
      throws CertificateException {
    chain.checkClientTrusted(certificates, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chain.getAcceptedIssuers();
  }
}
