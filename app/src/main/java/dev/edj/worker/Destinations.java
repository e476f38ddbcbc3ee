package dev.edj.worker;

import dev.edj.duty.DutyLoop;
import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.RowStore;
import dev.edj.execution.PinnedDestination;
import dev.edj.target.Dialer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// This node's connections to destinations: few to each, handed out in the order in which attempts
/// ask for them, and kept open for the next one.
public final class Destinations implements AutoCloseable {

  /// At once, to one database with one login. Writes are short, and more of them at a time would
  /// only have the destination switch between them.
  private static final int MOST_CONNECTIONS = 4;

  /// How long a connection is kept that nobody uses.
  private static final Duration KEPT = Duration.ofSeconds(30);

  private static final Duration USUALLY_FRESH = Duration.ofSeconds(5);
  private static final Duration PRUNING = Duration.ofSeconds(10);

  private final Dialer dialer;
  private final Duration fresh;
  private final Map<Key, Pool> pools = new ConcurrentHashMap<>();
  private final DutyLoop pruning = new DutyLoop("destinations", this::prune).start();

  public Destinations(Dialer dialer) {
    this(dialer, USUALLY_FRESH);
  }

  /// @param fresh how long it counts that a destination was reached
  Destinations(Dialer dialer, Duration fresh) {
    this.dialer = dialer;
    this.fresh = fresh;
  }

  /// Waits for a connection of the destination, however long that takes; a stop interrupts it. The
  /// login is looked up and checked each time, as it is at this moment.
  Borrowed borrow(PinnedDestination destination) throws TargetException, InterruptedException {
    Pool pool = pool(destination);
    pool.slots.acquire();
    boolean lent = false;
    try {
      ConnectionSettings settings =
          dialer.destination(
              destination.serverId(), destination.database(), destination.credentialId());
      RowStore kept = pool.take(settings);
      Borrowed borrowed =
          new Borrowed(pool, settings, kept == null ? RowStore.open(settings) : kept);
      lent = true;
      return borrowed;
    } finally {
      if (!lent) {
        pool.slots.release();
      }
    }
  }

  /// Fails when the destination cannot be reached. That it was a moment ago is proof enough; that a
  /// connection was kept since is none, so where that has broken, another one is opened.
  void requireReachable(PinnedDestination destination)
      throws TargetException, InterruptedException {
    Pool pool = pool(destination);
    for (int attempt = 1; attempt <= 2 && !pool.wasReachedSince(start(fresh)); attempt++) {
      borrow(destination).close();
    }
  }

  private static long start(Duration last) {
    return System.nanoTime() - last.toNanos();
  }

  private Pool pool(PinnedDestination destination) {
    Key key = new Key(destination.serverId(), destination.database(), destination.credentialId());
    return pools.computeIfAbsent(key, _ -> new Pool());
  }

  private Duration prune() {
    long now = System.nanoTime();
    pools.values().forEach(pool -> pool.close(now - KEPT.toNanos()));
    return PRUNING;
  }

  @Override
  public void close() {
    pruning.close();
    pools.values().forEach(pool -> pool.close(System.nanoTime()));
  }

  private record Key(int serverId, String database, long credentialId) {}

  private record Idle(RowStore store, ConnectionSettings settings, long sinceNanos) {}

  /// The connections to one database with one login.
  private static final class Pool {

    private final Semaphore slots = new Semaphore(MOST_CONNECTIONS, true);
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean reached;
    private long reachedAtNanos;

    synchronized boolean wasReachedSince(long nanos) {
      return reached && reachedAtNanos - nanos >= 0;
    }

    /// The one used last; those that were opened with other settings, such as an older password,
    /// are closed.
    synchronized @Nullable RowStore take(ConnectionSettings settings) {
      while (!idle.isEmpty()) {
        Idle last = idle.removeLast();
        if (last.settings().equals(settings)) {
          return last.store();
        }
        last.store().close();
      }
      return null;
    }

    synchronized void giveBack(RowStore store, ConnectionSettings settings) {
      reached = true;
      reachedAtNanos = System.nanoTime();
      idle.addLast(new Idle(store, settings, reachedAtNanos));
    }

    /// Closes all that nobody uses: what broke one connection struck them, too.
    synchronized void forget() {
      reached = false;
      close(System.nanoTime());
    }

    /// Closes those that have been idle since then.
    synchronized void close(long sinceNanos) {
      for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
        Idle one = each.next();
        if (one.sinceNanos() - sinceNanos <= 0) {
          each.remove();
          one.store().close();
        }
      }
    }
  }

  /// A connection in use; closing it gives it back.
  static final class Borrowed implements AutoCloseable {

    private final Pool pool;
    private final ConnectionSettings settings;
    private final RowStore store;

    private Borrowed(Pool pool, ConnectionSettings settings, RowStore store) {
      this.pool = pool;
      this.settings = settings;
      this.store = store;
    }

    RowStore store() {
      return store;
    }

    @Override
    public void close() {
      try {
        if (store.isUsable()) {
          pool.giveBack(store, settings);
        } else {
          store.close();
          pool.forget();
        }
      } finally {
        pool.slots.release();
      }
    }
  }
}
