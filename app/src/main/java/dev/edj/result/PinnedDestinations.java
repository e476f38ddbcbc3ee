package dev.edj.result;

import dev.edj.engine.TargetException;
import dev.edj.engine.rows.RowStore;
import dev.edj.engine.rows.RowTable;
import dev.edj.execution.PinnedDestination;
import dev.edj.target.Dialer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The destinations that runs have pinned, reached from this process.
public final class PinnedDestinations implements Destinations {

  private final Jdbi jdbi;
  private final Dialer dialer;

  public PinnedDestinations(Jdbi jdbi, Dialer dialer) {
    this.jdbi = jdbi;
    this.dialer = dialer;
  }

  @Override
  public @Nullable Destination find(long stepExecutionId) {
    PinnedDestination pinned = jdbi.onDemand(ResultStore.class).destination(stepExecutionId);
    return pinned == null ? null : new Reached(pinned, dialer);
  }

  private record Reached(PinnedDestination pinned, Dialer dialer) implements Destination {

    @Override
    public RowTable table() {
      return pinned.rowTable();
    }

    @Override
    public RowStore open() throws TargetException {
      return RowStore.open(
          dialer.destination(pinned.serverId(), pinned.database(), pinned.credentialId()));
    }
  }
}
