package dev.edj.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Checks the certificate that a server shows as its settings say, the same for all drivers, before
/// anything but the handshake has been sent: its authority, its host name, and its pin.
///
/// The driver of SQL Server creates it by name.
public final class ServerTrust extends X509ExtendedTrustManager {

  private final Dialling dialling;
  private final Protection protection;

  public ServerTrust() {
    this(Dialling.CURRENT.get());
  }

  ServerTrust(Dialling dialling) {
    this.dialling = dialling;
    this.protection = dialling.protection();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    dialling.see(chain[0]);
    try {
      switch (protection.tls()) {
        case VERIFY_FULL -> {
          checkHost((SSLSocket) socket);
          authorities().checkServerTrusted(chain, authType, socket);
        }
        case VERIFY_CA -> authorities().checkServerTrusted(chain, authType);
        case REQUIRE, DISABLE -> {}
      }
      checkPin(chain[0]);
      dialling.prove();
    } catch (CertificateException e) {
      dialling.refuse("the server's certificate was not accepted: " + reason(deepest(e)));
      throw e;
    }
  }

  /// From here on the Java platform checks that the certificate is for the host, as for HTTPS.
  private static void checkHost(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
  }

  private void checkPin(X509Certificate certificate) throws CertificateException {
    List<CertificatePin> pins = protection.pins();
    for (CertificatePin pin : pins) {
      if (pin.matches(certificate)) {
        return;
      }
    }
    if (!pins.isEmpty()) {
      throw new CertificateException(
          "it is none of those that are pinned; its SHA-256 is %s, that of its public key %s"
              .formatted(CertificatePin.of(certificate), CertificatePin.ofPublicKey(certificate)));
    }
  }

  private X509ExtendedTrustManager authorities() throws CertificateException {
    try {
      return authorities(protection.trustedCertificatePem());
    } catch (GeneralSecurityException | IOException e) {
      throw new CertificateException("the trusted certificates cannot be read", e);
    }
  }

  private static X509ExtendedTrustManager authorities(@Nullable String pem)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(pem == null ? null : keyStore(pem));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("this Java runtime cannot check certificates");
  }

  /// A key store that holds the certificates of a PEM text, and nothing else.
  private static KeyStore keyStore(String pem) throws GeneralSecurityException, IOException {
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("the trusted certificate is not in PEM form");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("trusted" + number++, certificate);
    }
    return store;
  }

  /// With what to do about the commonest.
  private static String reason(Throwable failure) {
    return failure instanceof CertPathBuilderException
        ? failure.getMessage()
            + "; name the authority that made it in the server's settings (--trusted-certificate)"
        : String.valueOf(failure.getMessage());
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlySockets();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw onlySockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlySockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw onlySockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw onlySockets();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static CertificateException onlySockets() {
    return new CertificateException("only the servers that sockets lead to are checked");
  }
}
