package dev.edj.failpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The way from a process to a server on this machine. It counts what passes in either direction,
/// and kills the process before the n-th of it does: so the server has not heard what the process
/// asked for last, or the process has not heard that it was done.
final class Turnstile implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final ServerSocket entrance;
  private final int serverPort;
  private final AtomicInteger passed = new AtomicInteger();
  private volatile int fatal;
  private volatile @Nullable Process doomed;

  Turnstile(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.entrance = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /// Counts anew.
  ///
  /// @param number from 1
  void killAt(int number, Process process) {
    passed.set(0);
    fatal = number;
    doomed = process;
  }

  /// Lets everything pass from now on.
  void spare() {
    doomed = null;
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        Thread.ofVirtual().start(() -> pump(client, server));
        Thread.ofVirtual().start(() -> pump(server, client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0 && mayPass(); read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone, and with it the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean mayPass() throws InterruptedException {
    Process process = doomed;
    if (process == null || passed.incrementAndGet() != fatal) {
      return true;
    }
    process.destroyForcibly().waitFor();
    return false;
  }
}
