package dev.edj.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Stands between a client and a server on this machine, and can make the server fall silent: open
/// connections stay open, new ones are accepted, and nothing is answered any more.
public final class SilencingProxy implements AutoCloseable {

  private final ServerSocket entrance;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean silent;
  private volatile boolean mute;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile @Nullable String fateful;

  public SilencingProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return entrance.getLocalPort();
  }

  /// How many were made so far.
  public int connections() {
    return connections.get();
  }

  public void fallSilent() {
    silent = true;
  }

  /// From the request with this word in it on, requests reach the server and its answers nobody.
  /// The connection must not be encrypted.
  public void loseAnswersFrom(String word) {
    fateful = word;
  }

  private boolean isFateful(byte[] buffer, int length) {
    String word = fateful;
    String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    // SQL Server's requests are in UTF-16.
    return word != null && text.replace("\0", "").contains(word);
  }

  /// Ends all connections.
  @Override
  public void close() throws IOException {
    closed.countDown();
    entrance.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        connections.incrementAndGet();
        sockets.add(client);
        if (!silent) {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
          sockets.add(server);
          Thread.ofVirtual().start(() -> pump(client, server, false));
          Thread.ofVirtual().start(() -> pump(server, client, true));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!answers && isFateful(buffer, read)) {
          mute = true;
        }
        if (silent || (mute && answers)) {
          closed.await();
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone, and with it the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
