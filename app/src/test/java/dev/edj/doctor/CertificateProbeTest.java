package dev.edj.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.edj.credential.ShownCertificate;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class CertificateProbeTest {

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

  @Test
  void nobodyThereIsAFailure() throws IOException {
    int free;
    try (ServerSocket server = new ServerSocket(0)) {
      free = server.getLocalPort();
    }
    assertThatThrownBy(() -> CertificateProbe.ofTls("localhost", free))
        .isInstanceOf(IOException.class);
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
