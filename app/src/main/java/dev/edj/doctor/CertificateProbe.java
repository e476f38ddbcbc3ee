package dev.edj.doctor;

import dev.edj.credential.ShownCertificate;
import dev.edj.engine.HardLimit;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

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
    return ofTls(host, port, PATIENCE);
  }

  static ShownCertificate ofTls(String host, int port, Duration patience) throws IOException {
    return within(
        patience,
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port));
            return shown(socket, host, port);
          }
        });
  }

  /// Of a PostgreSQL; empty when it does not encrypt.
  public static Optional<ShownCertificate> ofPostgreSql(String host, int port) throws IOException {
    return within(
        PATIENCE,
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port));
            return isAgreed(socket) ? Optional.of(shown(socket, host, port)) : Optional.empty();
          }
        });
  }

  private static boolean isAgreed(Socket socket) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    for (int word : ASK_FOR_TLS) {
      out.writeInt(word);
    }
    out.flush();
    int answer = socket.getInputStream().read();
    if (answer < 0) {
      throw new EOFException("it ended the connection");
    }
    return answer == AGREED;
  }

  private static <T> T within(Duration patience, Callable<T> look) throws IOException {
    try {
      return HardLimit.perform("edj-certificate", patience, look);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("not within %d s".formatted(patience.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("a certificate could not be looked at", e.getCause());
    }
  }

  private static ShownCertificate shown(Socket socket, String host, int port) throws IOException {
    Onlooker onlooker = new Onlooker();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {onlooker}, null);
      try (SSLSocket encrypted =
          (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true)) {
        encrypted.startHandshake();
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java runtime cannot encrypt", e);
    } catch (IOException e) {
      // By TLS 1.2 a server that demands a certificate of its clients shows its own, and then
      // refuses whoever has none.
      if (onlooker.seen == null) {
        throw e;
      }
    }
    if (onlooker.seen == null) {
      throw new SSLPeerUnverifiedException("it shows no certificate");
    }
    return ShownCertificate.of(onlooker.seen);
  }

  /// Looks, and does not judge; through these connections goes nothing but the handshake, in which
  /// it is asked by the thread that began it.
  private static final class Onlooker extends X509ExtendedTrustManager {

    private @Nullable X509Certificate seen;

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
      seen = chain[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      seen = chain[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      seen = chain[0];
    }

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
