package dev.edj.execution;

import dev.edj.parameter.ParameterValues;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only run of a job that was made for it.
///
/// @param given the values of the script's variables
/// @param timeout total time of the run
/// @param mostRows how many rows of each database's result are kept
public record AdHocRun(
    UUID id,
    long jobId,
    Purpose purpose,
    ParameterValues given,
    Duration timeout,
    int mostRows,
    String startedBy) {

  private static final int ONLY_VERSION = 1;

  /// Starts it in the transaction that made the job; a controller sees it at the transaction's end.
  public void start(Handle handle) {
    RunStore store = handle.attach(RunStore.class);
    store.insertRun(id, jobId, ONLY_VERSION, purpose, startedBy, null, given.json());
    store.insertSteps(id);
    store.limit(id, timeout.toMillis(), mostRows);
    store.insertProgress(id);
    store.announceStart(id);
  }

  @Override
  public String toString() {
    return "AdHocRun[id=" + id + "]";
  }
}
