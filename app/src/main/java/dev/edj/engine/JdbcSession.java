package dev.edj.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of a session that is the same for all engines: cancel, errors and a bounded close.
final class JdbcSession implements TargetSession {

  /// A cancel that reaches the server between two statements is lost, so it is sent again.
  private static final Duration CANCEL_INTERVAL = Duration.ofMillis(200);

  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final Connection connection;
  private final Dialogue dialogue;
  private final AtomicBoolean canceled = new AtomicBoolean();

  private @Nullable ExactlyOnce exactlyOnce;
  private @Nullable Trial trial;
  private @Nullable WholeTransaction whole;

  /// Whether what runs is somebody else's.
  private volatile boolean lent;

  /// Counted down when what runs has ended; `null` when nothing runs.
  private volatile @Nullable CountDownLatch running;

  /// Guards the two fields below, so that no interrupt hits a thread after it has left.
  private final ReentrantLock guard = new ReentrantLock();

  private @Nullable Thread runner;
  private boolean cut;

  JdbcSession(Connection connection, Dialogue dialogue) {
    this.connection = connection;
    this.dialogue = dialogue;
  }

  @Override
  public void lock(String key, Duration patience, Duration limit, Consumer<String> log)
      throws TargetException {
    new LockTaking(this, dialogue, key, log).take(patience, limit);
  }

  @Override
  public Optional<LedgerEntry> begin(LedgerEntry entry) throws TargetException {
    ExactlyOnce begun = exactlyOnce(entry);
    Optional<LedgerEntry> earlier = begun.begin();
    exactlyOnce = begun;
    return earlier;
  }

  private ExactlyOnce exactlyOnce(LedgerEntry entry) {
    return new ExactlyOnce(this, connection, dialogue.newTransaction(), entry);
  }

  @Override
  public void commit() throws TargetException {
    Objects.requireNonNull(exactlyOnce, "nothing was begun").commit();
  }

  @Override
  public void beginTrial() throws TargetException {
    begin(new Trial(this, dialogue.newTransaction(), false));
  }

  @Override
  public void beginReading() throws TargetException {
    begin(new Trial(this, dialogue.newTransaction(), true));
  }

  private void begin(Trial begun) throws TargetException {
    begun.begin();
    trial = begun;
  }

  @Override
  public void foreseeCommit() throws TargetException {
    Objects.requireNonNull(trial, "no trial was begun").foreseeCommit();
  }

  @Override
  public void rollBack() throws TargetException {
    Objects.requireNonNull(trial, "no trial was begun").rollBack();
  }

  @Override
  public void beginTransaction() throws TargetException {
    WholeTransaction begun = new WholeTransaction(this, dialogue.newTransaction());
    begun.begin();
    whole = begun;
  }

  @Override
  public void commitTransaction() throws TargetException {
    begun().commit();
    whole = null;
  }

  @Override
  public void rollBackTransaction() throws TargetException {
    begun().rollBack();
    whole = null;
  }

  private WholeTransaction begun() {
    return Objects.requireNonNull(whole, "no transaction was begun");
  }

  @Override
  public <T> T read(Reading<T> reading) throws TargetException {
    lent = true;
    try {
      return perform(() -> reading.read(connection));
    } finally {
      lent = false;
    }
  }

  @Override
  public Survey survey() throws TargetException {
    return perform(dialogue::survey);
  }

  @Override
  public Survey examineLedger(LedgerEntry entry) throws TargetException {
    return exactlyOnce(entry).examine();
  }

  @Override
  public boolean parse(String batch) throws TargetException {
    refuseNul(batch);
    return perform(() -> dialogue.parse(batch));
  }

  @Override
  public void run(String batch, BatchListener listener) throws TargetException {
    refuseNul(batch);
    Delivery delivery = new Delivery(listener);
    if (exactlyOnce != null) {
      exactlyOnce.run(batch, () -> perform(batch, delivery));
    } else if (trial != null) {
      trial.run(batch, () -> perform(batch, delivery));
    } else if (whole != null) {
      whole.run(batch, () -> perform(batch, delivery));
    } else {
      perform(batch, delivery);
    }
    delivery.rethrow();
  }

  private void perform(String batch, Delivery delivery) throws TargetException {
    perform(() -> {
      dialogue.run(batch, delivery);
      return true;
    });
  }

  @Override
  public void cancel() {
    if (!canceled.compareAndSet(false, true)) {
      return;
    }
    CountDownLatch ended = running;
    if (ended != null && lent) {
      // Which statement runs is not known here, and nothing is lost.
      abort(connection);
      cutRunner();
    } else if (ended != null) {
      Thread.ofVirtual().name("edj-cancel").start(() -> cancelUntil(ended));
      Thread.ofVirtual().name("edj-cancel-limit").start(() -> abortUnless(ended));
    }
  }

  @Override
  public void close() {
    CountDownLatch closed = new CountDownLatch(1);
    Thread closing =
        Thread.ofVirtual()
            .name("edj-close")
            .start(() -> {
              closeQuietly();
              closed.countDown();
            });
    try {
      if (!closed.await(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        abort(connection);
        closing.interrupt();
      }
    } catch (InterruptedException e) {
      abort(connection);
      Thread.currentThread().interrupt();
    }
  }

  /// Gives the connection up. Returns at once: MariaDB's driver first tries to tell the server.
  static void abort(Connection connection) {
    Thread.ofVirtual()
        .name("edj-abort")
        .start(() -> {
          try {
            connection.abort(Runnable::run);
          } catch (SQLException e) {
            // It is broken already, which is what was wanted.
          }
        });
  }

  interface Work<T> {
    T perform() throws SQLException;
  }

  <T> T perform(Work<T> work) throws TargetException {
    CountDownLatch ended = new CountDownLatch(1);
    enter();
    running = ended; // before the look at `canceled`, so that one of both threads sees the other
    try {
      refuseWhenCanceled();
      T result = work.perform();
      // Some statements end without an error when they are interrupted: MySQL's SLEEP, GET_LOCK.
      refuseWhenCanceled();
      return result;
    } catch (SQLException e) {
      // As it is: the password is no part of a session's traffic after the login, and hiding it in
      // what
      // a script says would tell the script's author which of their guesses it is.
      throw new TargetException(explain(e));
    } finally {
      running = null;
      ended.countDown();
      leave();
    }
  }

  private void enter() {
    guard.lock();
    try {
      runner = Thread.currentThread();
    } finally {
      guard.unlock();
    }
  }

  private void leave() {
    guard.lock();
    try {
      runner = null;
      if (cut) {
        Thread.interrupted(); // ours, not the caller's
      }
    } finally {
      guard.unlock();
    }
  }

  /// Closes the socket under a thread that waits for an answer, which for virtual threads is what
  /// an interrupt does (JEP 444); a platform thread has to wait for the driver.
  private void cutRunner() {
    guard.lock();
    try {
      if (runner != null && runner.isVirtual()) {
        cut = true;
        runner.interrupt();
      }
    } finally {
      guard.unlock();
    }
  }

  private void refuseWhenCanceled() throws TargetException {
    if (canceled.get()) {
      throw new TargetException(
          TargetError.of(TargetError.Kind.CANCELED, "The session was canceled.", false, null));
    }
  }

  private TargetError explain(SQLException failure) {
    TargetError error = dialogue.explain(failure);
    if (canceled.get() || Thread.currentThread().isInterrupted()) {
      return error.asCanceled();
    }
    return isClosed() ? error.asLost() : error;
  }

  private boolean isClosed() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  private void cancelUntil(CountDownLatch ended) {
    long deadline = System.nanoTime() + CANCEL_PATIENCE.toNanos();
    try {
      do {
        try {
          dialogue.cancelStatement();
        } catch (SQLException e) {
          // The next try may get through; when none does, the connection is cut.
        }
      } while (!ended.await(CANCEL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
          && System.nanoTime() - deadline < 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void abortUnless(CountDownLatch ended) {
    try {
      if (!ended.await(CANCEL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        abort(connection);
        cutRunner();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeQuietly() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing is left to save: every batch was committed or failed before.
    }
  }

  private static void refuseNul(String batch) throws TargetException {
    int nul = batch.indexOf('\0');
    if (nul >= 0) {
      throw new TargetException(
          new TargetError(
              TargetError.Kind.STATEMENT,
              null,
              null,
              null,
              Lines.lineAt(batch, nul),
              "The batch contains a NUL character, which no engine accepts in a script.",
              false,
              ""));
    }
  }

  /// Keeps what the listener throws away from the driver, which would be left in the middle of an
  /// answer.
  private static final class Delivery implements BatchListener {

    private final BatchListener listener;
    private @Nullable RuntimeException failure;

    Delivery(BatchListener listener) {
      this.listener = listener;
    }

    @Override
    public void message(TargetMessage message) {
      deliver(() -> listener.message(message));
    }

    @Override
    public void rowCount(long rows) {
      deliver(() -> listener.rowCount(rows));
    }

    @Override
    public void resultSet(ResultSet rows) throws SQLException {
      if (failure != null) {
        return;
      }
      try {
        listener.resultSet(rows);
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    void rethrow() {
      if (failure != null) {
        throw failure;
      }
    }

    private void deliver(Runnable delivery) {
      if (failure != null) {
        return;
      }
      try {
        delivery.run();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
  }
}
