package dev.edj.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A server on this machine that says to every client what a test wants, and keeps all that it was
/// sent: what came through TLS as it was before it was encrypted.
final class FakeServer implements AutoCloseable {

  /// What is said to one client, until it returns or the client goes away.
  interface Conversation {
    void hold(Wire wire) throws IOException;
  }

  private final ServerSocket socket;
  private final Queue<Thread> conversations = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private FakeServer(ServerSocket socket) {
    this.socket = socket;
  }

  static FakeServer that(Conversation conversation) {
    try {
      FakeServer server = new FakeServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("fake-server").start(() -> server.accept(conversation));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /// How many have connected.
  int clients() {
    return conversations.size();
  }

  /// All bytes of all clients, once every conversation has ended.
  byte[] received() {
    try {
      for (Thread conversation : conversations) {
        if (!conversation.join(Duration.ofSeconds(30))) {
          throw new AssertionError("neither the client nor the server ends the conversation");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return received.toByteArray();
  }

  private void accept(Conversation conversation) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        conversations.add(
            Thread.ofVirtual().name("fake-conversation").start(() -> hold(conversation, client)));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void hold(Conversation conversation, Socket client) {
    try (client) {
      conversation.hold(new Wire(client));
    } catch (IOException gone) {
      // What it sent until then is kept.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /// The connection to one client.
  final class Wire {

    private final Socket client;
    private DataInputStream in;
    private DataOutputStream out;

    private Wire(Socket client) throws IOException {
      this.client = client;
      this.in = new DataInputStream(new Recording(client.getInputStream()));
      this.out = new DataOutputStream(client.getOutputStream());
    }

    DataInputStream in() {
      return in;
    }

    DataOutputStream out() {
      return out;
    }

    /// From here on, the client has to encrypt, and is asked for its certificate.
    void encrypt(SSLContext context) throws IOException {
      encrypt(context, UnaryOperator.identity(), "TLSv1.3", true);
    }

    /// The same, and the client is not asked for a certificate.
    void encryptWithoutQuestion(SSLContext context) throws IOException {
      encrypt(context, UnaryOperator.identity(), "TLSv1.3", false);
    }

    /// In the protocol of SQL Server before TDS 8, the end of a handshake by TLS 1.3 gets lost.
    ///
    /// @param carrying what the handshake is wrapped into
    void encryptOld(SSLContext context, UnaryOperator<Socket> carrying) throws IOException {
      encrypt(context, carrying, "TLSv1.2", false);
    }

    private void encrypt(
        SSLContext context, UnaryOperator<Socket> carrying, String protocol, boolean asking)
        throws IOException {
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(carrying.apply(client), null, 0, true);
      tls.setUseClientMode(false);
      tls.setEnabledProtocols(new String[] {protocol});
      tls.setWantClientAuth(asking);
      tls.startHandshake();
      in = new DataInputStream(new Recording(tls.getInputStream()));
      out = new DataOutputStream(tls.getOutputStream());
    }
  }

  private final class Recording extends FilterInputStream {

    Recording(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read >= 0) {
        received.write(read);
      }
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        received.write(bytes, offset, read);
      }
      return read;
    }
  }
}
