package dev.edj.execution;

import dev.edj.execution.RunStore.PinnedScript;
import dev.edj.parameter.ParameterValues;
import java.time.Duration;
import java.util.List;
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

  /// Of the job that was made for it.
  public static final int ONLY_VERSION = 1;

  /// Starts it in the transaction that made the job; a controller sees it at the transaction's end.
  ///
  /// @return the script, by its SHA-256
  public List<String> start(Handle handle) {
    RunStore store = handle.attach(RunStore.class);
    store.insertRun(id, jobId, ONLY_VERSION, purpose, startedBy, null, given.json());
    List<PinnedScript> scripts = store.insertSteps(id);
    store.limit(id, timeout.toMillis(), mostRows);
    store.insertProgress(id);
    store.announceStart(id);
    return scripts.stream().map(PinnedScript::sha256).toList();
  }

  @Override
  public String toString() {
    return "AdHocRun[id=" + id + "]";
  }
}
