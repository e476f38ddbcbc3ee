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

/// Counts the places between the statements of claim, report, expand, reap and fire, and around
/// their commits, and ends the process at the n-th as `kill -9` would.
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
          "dev.edj.schedule.FiringStore");

  private final int fatal;
  private final AtomicInteger passed = new AtomicInteger();

  /// @param fatal the one at which the process ends, from 1
  Boundaries(int fatal) {
    this.fatal = fatal;
  }

  void watch(Jdbi jdbi) {
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            ExtensionMethod method = context.getExtensionMethod();
            if (method != null && STORES.contains(method.getType().getName())) {
              pass();
            }
          }
        });
    jdbi.setTransactionHandler(new Commits(new LocalTransactionHandler()));
  }

  private void pass() {
    if (passed.incrementAndGet() == fatal) {
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
      pass();
      super.commit(handle);
      pass();
    }
  }
}
