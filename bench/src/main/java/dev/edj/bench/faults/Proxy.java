package dev.edj.bench.faults;

import dev.edj.bench.faults.ClientMessages.Commit;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The way from clients to one PostgreSQL server, on this machine, that can be cut, blocked, slowed
/// down, and made to lose the answer to a commit. The server may come back under another port.
final class Proxy implements AutoCloseable {

  private static final int BACKLOG = 200;

  private final ServerSocket entrance;
  private final Sabotage sabotage;
  private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flows = lock.newCondition();
  private final AtomicInteger statementsToLose = new AtomicInteger();
  private final AtomicInteger transactionsToLose = new AtomicInteger();
  private final AtomicInteger lostCommits = new AtomicInteger();
  private volatile int serverPort;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean refusing;
  private boolean stalled;

  Proxy(int serverPort, Sabotage sabotage) throws IOException {
    this.serverPort = serverPort;
    this.sabotage = sabotage;
    this.entrance = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  void leadTo(int serverPort) {
    this.serverPort = serverPort;
  }

  /// The same, and whoever is still with the server before is cut off.
  void leadAwayTo(int serverPort) {
    leadTo(serverPort);
    relays.forEach(Relay::cut);
  }

  /// Resets all connections, and new ones until it is repaired.
  void cut() {
    refusing = true;
    relays.forEach(Relay::cut);
  }

  /// Lets nothing pass, in either direction, and tells nobody.
  void stall() {
    lock.lock();
    try {
      stalled = true;
    } finally {
      lock.unlock();
    }
  }

  /// Keeps everything that passes for this long.
  void delay(Duration each) {
    delay = each;
  }

  /// The next commits reach the server, and their answers nobody: the connection is cut instead. So
  /// many of statements that commit by themselves, and so many of transactions, which are fewer.
  void loseCommits(int count) {
    statementsToLose.set(count);
    transactionsToLose.set(count);
  }

  /// How many answers were lost so far.
  int lostCommits() {
    return lostCommits.get();
  }

  /// Is a good way again; what was held back goes on.
  void repair() {
    refusing = false;
    delay = Duration.ZERO;
    statementsToLose.set(0);
    transactionsToLose.set(0);
    lock.lock();
    try {
      stalled = false;
      flows.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    repair();
    relays.forEach(Relay::cut);
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        Thread.ofVirtual().name("proxy-open").start(() -> open(client));
      } catch (IOException e) {
        // Closed, or out of something for a moment.
      }
    }
  }

  private void open(Socket client) {
    if (refusing) {
      reset(client);
      return;
    }
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Relay relay = new Relay(client, server);
      relays.add(relay);
      Thread.ofVirtual().name("proxy-out").start(relay::toServer);
      Thread.ofVirtual().name("proxy-in").start(relay::toClient);
    } catch (IOException e) {
      reset(client);
    }
  }

  private void pass() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (stalled) {
        flows.await();
      }
    } finally {
      lock.unlock();
    }
    if (delay.isPositive()) {
      Thread.sleep(delay);
    }
  }

  private boolean losesAnswer(Commit commit) {
    return switch (commit) {
      case NONE -> false;
      case OF_A_STATEMENT -> isOneOf(statementsToLose);
      case OF_A_TRANSACTION -> isOneOf(transactionsToLose);
    };
  }

  private static boolean isOneOf(AtomicInteger toLose) {
    return toLose.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }

  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is gone already.
    }
  }

  /// One connection.
  private final class Relay {

    /// The last five bytes of an answer before its last: the server is ready for the next request.
    private static final byte[] READY = {'Z', 0, 0, 0, 5};

    private final Socket client;
    private final Socket server;
    private volatile boolean losing;

    Relay(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void cut() {
      relays.remove(this);
      reset(client);
      reset(server);
    }

    void toServer() {
      try {
        ClientMessages messages = new ClientMessages(client.getInputStream());
        OutputStream out = new BufferedOutputStream(server.getOutputStream(), 1 << 16);
        for (byte[] message = messages.next(); message != null; message = messages.next()) {
          pass();
          if (losesAnswer(messages.commit(message))) {
            losing = true;
          }
          out.write(sabotage.applied(message));
          if (!messages.more()) {
            out.flush();
          }
        }
        end();
      } catch (IOException e) {
        cut();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cut();
      }
    }

    void toClient() {
      byte[] buffer = new byte[1 << 16];
      try {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          pass();
          if (!losing) {
            out.write(buffer, 0, read);
          } else if (isReady(buffer, read)) {
            lostCommits.incrementAndGet();
            cut();
            return;
          }
        }
        end();
      } catch (IOException e) {
        cut();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cut();
      }
    }

    private void end() throws IOException {
      relays.remove(this);
      try (client;
          server) {
        // Both ends hear that the other one is gone.
      }
    }

    private static boolean isReady(byte[] buffer, int read) {
      for (int i = 0; i < READY.length; i++) {
        int at = read - READY.length - 1 + i;
        if (at < 0 || buffer[at] != READY[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
