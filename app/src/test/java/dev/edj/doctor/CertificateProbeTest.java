package dev.edj.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.edj.credential.ShownCertificate;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateProbeTest {

  /// The head of a handshake's record, and of the first message in it.
  private static final byte[] RECORD = {22, 3, 3, 64, 0, 2, 0, 63, (byte) 0xfc};

  private static final int DRIPS = 1_000;

  @Test
  void aPostgreSqlShowsItsCertificate() throws IOException {
    ShownCertificate shown =
        CertificateProbe.ofPostgreSql("localhost", PostgresServer.shared().port()).orElseThrow();

    assertThat(shown.subject()).isEqualTo("CN=localhost");
    assertThat(shown.expiresSoon(Instant.now())).isTrue();
    assertThat(shown.isExpired(Instant.now())).isFalse();
  }

  @Test
  void aPostgreSqlThatDoesNotEncryptShowsNone() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<long[]> asked = new FutureTask<>(() -> refuse(server));
      Thread.ofVirtual().start(asked);

      assertThat(CertificateProbe.ofPostgreSql("localhost", server.getLocalPort())).isEmpty();
      assertThat(asked.get()).containsExactly(8, 1234 << 16 | 5679);
    }
  }

  @Test
  void oneThatExpiredIsShownLikeAnyOther() throws IOException {
    Issued expired = TestAuthority.create("authority").expiredForHost("localhost");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.setHttpsConfigurator(new HttpsConfigurator(expired.context()));
    server.start();
    try {
      ShownCertificate shown = CertificateProbe.ofTls("localhost", server.getAddress().getPort());
      assertThat(shown.isExpired(Instant.now())).isTrue();
      assertThat(shown.notAfter()).isEqualTo(expired.certificate().getNotAfter().toInstant());
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatDemandsOneOfItsClientsShowsItsOwn(String protocol) throws IOException {
    Issued own = TestAuthority.create("authority").forHost("localhost");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.setHttpsConfigurator(demandingOne(own, protocol));
    server.start();
    try {
      ShownCertificate shown = CertificateProbe.ofTls("localhost", server.getAddress().getPort());
      assertThat(shown).isEqualTo(ShownCertificate.of(own.certificate()));
    } finally {
      server.stop(0);
    }
  }

  /// What is under way is said to be 16 KB, and comes a byte at a time.
  @Test
  void whoeverLetsItsAnswerDripIsNotWaitedFor() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<Integer> dripped = new FutureTask<>(() -> drip(server));
      Thread.ofVirtual().start(dripped);

      assertThatThrownBy(() ->
              CertificateProbe.ofTls("localhost", server.getLocalPort(), Duration.ofSeconds(1)))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("not within 1 s");
      assertThat(dripped.get()).isLessThan(DRIPS);
    }
  }

  @Test
  void aPostgreSqlThatHangsUpSaysSo() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(server));

      assertThatThrownBy(() -> CertificateProbe.ofPostgreSql("localhost", server.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessage("it ended the connection");
    }
  }

  @Test
  void nobodyThereIsAFailure() throws IOException {
    int free;
    try (ServerSocket server = new ServerSocket(0)) {
      free = server.getLocalPort();
    }
    assertThatThrownBy(() -> CertificateProbe.ofTls("localhost", free))
        .isInstanceOf(IOException.class);
  }

  private static HttpsConfigurator demandingOne(Issued own, String protocol) {
    return new HttpsConfigurator(own.context()) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters demanding = getSSLContext().getDefaultSSLParameters();
        demanding.setNeedClientAuth(true);
        demanding.setProtocols(new String[] {protocol});
        parameters.setSSLParameters(demanding);
      }
    };
  }

  /// Returns how many bytes went until nobody took them any more.
  private static int drip(ServerSocket server) throws IOException {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(RECORD);
      socket.setSoTimeout(100);
      for (int drips = 0; drips < DRIPS; drips++) {
        socket.getOutputStream().write(0);
        if (isClosed(socket)) {
          return drips;
        }
      }
      return DRIPS;
    } catch (SocketException e) {
      return 0;
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static void hangUp(ServerSocket server) {
    try (Socket socket = server.accept()) {
      new DataInputStream(socket.getInputStream()).readLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns what it was asked.
  private static long[] refuse(ServerSocket server) throws IOException {
    try (Socket socket = server.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      long[] question = {in.readInt(), in.readInt()};
      new DataOutputStream(socket.getOutputStream()).writeByte('N');
      return question;
    }
  }
}
