package dev.edj.outward;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.Test;

class GuardedSocketsTest {

  /// A name can mean something else at the second look.
  @Test
  void whatTheConnectionLeadsToIsLookedAtBeforeAWordIsSent() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket connected = new Socket(server.getInetAddress(), server.getLocalPort())) {
      GuardedSockets sockets =
          new GuardedSockets(
              HttpsURLConnection.getDefaultSSLSocketFactory(),
              address -> {
                throw new IOException("not to " + address.getHostAddress());
              });
      assertThatThrownBy(() -> sockets.createSocket(connected, "packages.example.com", 443, true))
          .hasMessage("not to 127.0.0.1");
    }
  }
}
