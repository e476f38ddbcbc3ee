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
import java.util.concurrent.atomic.AtomicInteger;

/// A server on this machine that says to every client what a test wants, and keeps all that it was
/// sent.
final class FakeServer implements AutoCloseable {

  /// What is said to one client, until it returns or the client goes away.
  interface Conversation {
    void hold(DataInputStream in, DataOutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final AtomicInteger clients = new AtomicInteger();
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
    return clients.get();
  }

  /// All bytes of all clients.
  byte[] received() {
    return received.toByteArray();
  }

  private void accept(Conversation conversation) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        clients.incrementAndGet();
        Thread.ofVirtual().name("fake-conversation").start(() -> hold(conversation, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void hold(Conversation conversation, Socket client) {
    try (client) {
      conversation.hold(
          new DataInputStream(new Recording(client.getInputStream())),
          new DataOutputStream(client.getOutputStream()));
    } catch (IOException gone) {
      // What it sent until then is kept.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
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
