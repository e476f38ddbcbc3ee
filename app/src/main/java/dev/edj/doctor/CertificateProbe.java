package dev.edj.doctor;

import dev.edj.credential.ShownCertificate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Has a server show its certificate, whatever it is, and says nothing to it. Whether it is trusted
/// is judged where something is said: this is only to know until when.
public final class CertificateProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// The message by which a client of PostgreSQL asks for TLS: its length, and its code.
  private static final int[] ASK_FOR_TLS = {8, 80_877_103};

  private static final int AGREED = 'S';

  private CertificateProbe() {}

  /// Of a server that encrypts from the first byte, as for HTTPS.
  public static ShownCertificate ofTls(String host, int port) throws IOException {
    try (Socket socket = connected(host, port)) {
      return shown(socket, host, port);
    }
  }

  /// Of a PostgreSQL; empty when it does not encrypt.
  public static Optional<ShownCertificate> ofPostgreSql(String host, int port) throws IOException {
    try (Socket socket = connected(host, port)) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      for (int word : ASK_FOR_TLS) {
        out.writeInt(word);
      }
      out.flush();
      boolean agreed = new DataInputStream(socket.getInputStream()).readUnsignedByte() == AGREED;
      return agreed ? Optional.of(shown(socket, host, port)) : Optional.empty();
    }
  }

  private static Socket connected(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      int milliseconds = Math.toIntExact(PATIENCE.toMillis());
      socket.setSoTimeout(milliseconds);
      socket.connect(new InetSocketAddress(host, port), milliseconds);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static ShownCertificate shown(Socket socket, String host, int port) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Onlooker()}, null);
      try (SSLSocket encrypted =
          (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true)) {
        encrypted.startHandshake();
        if (encrypted.getSession().getPeerCertificates()[0] instanceof X509Certificate own) {
          return ShownCertificate.of(own);
        }
        throw new SSLPeerUnverifiedException("it shows a certificate that is not X.509");
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java runtime cannot encrypt", e);
    }
  }

  /// Looks, and does not judge; through these connections goes nothing but the handshake.
  private static final class Onlooker extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
      throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw onlyServers();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }

    private static UnsupportedOperationException onlyServers() {
      return new UnsupportedOperationException("clients are not looked at here");
    }
  }
}
