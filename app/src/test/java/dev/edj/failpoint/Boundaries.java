package dev.edj.failpoint;

import dev.edj.execution.QueueStore;
import dev.edj.execution.RunStore;
import dev.edj.execution.SweepStore;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.extension.ExtensionMethod;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/// Counts the places between the statements of claim, report, expand, reap, fire and send, and
/// around their commits, and ends the process at the n-th as `kill -9` would; or at a statement
/// that is named.
final class Boundaries {

  /// How a process ends that was killed.
  static final int KILLED = 137;

  private static final Set<String> STORES =
      Set.of(
          QueueStore.class.getName(),
          RunStore.class.getName(),
          SweepStore.class.getName(),
          "dev.edj.execution.ReportStore",
          "dev.edj.execution.TriggeredStore",
          "dev.edj.notice.DeliveryStore",
          "dev.edj.schedule.FiringStore");

  private final int fatal;
  private final String fatalMethod;
  private final AtomicInteger passed = new AtomicInteger();

  /// @param fatal the one at which the process ends, from 1
  /// @param fatalMethod of a store, in place of a number
  private Boundaries(int fatal, String fatalMethod) {
    this.fatal = fatal;
    this.fatalMethod = fatalMethod;
  }

  /// A number, or `DeliveryStore.end` for the moment before that statement.
  static Boundaries named(String text) {
    return text.matches("[0-9]+")
        ? new Boundaries(Integer.parseInt(text), "")
        : new Boundaries(0, text);
  }

  void watch(Jdbi jdbi) {
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            ExtensionMethod method = context.getExtensionMethod();
            if (method != null && STORES.contains(method.getType().getName())) {
              pass(method.getType().getSimpleName() + "." + method.getMethod().getName());
            }
          }
        });
    jdbi.setTransactionHandler(new Commits(new LocalTransactionHandler()));
  }

  private void pass(String what) {
    if (passed.incrementAndGet() == fatal || what.equals(fatalMethod)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private final class Commits extends DelegatingTransactionHandler {

    Commits(TransactionHandler delegate) {
      super(delegate);
    }

    @Override
    public TransactionHandler specialize(Handle handle) throws SQLException {
      return new Commits(getDelegate().specialize(handle));
    }

    @Override
    public void commit(Handle handle) {
      pass("commit");
      super.commit(handle);
      pass("commit");
    }
  }
}
