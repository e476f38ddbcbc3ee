package dev.edj.job;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Creates, changes, lists and deletes jobs.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Jobs {

  private final Jdbi jdbi;

  public Jobs(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  public Job create(NewJob job) {
    throw new UnsupportedOperationException("not yet " + jdbi + job);
  }

  /// Makes a new version when what the job does changes; a running execution keeps its own.
  public Job update(String name, JobChange change) {
    throw new UnsupportedOperationException("not yet " + name + change);
  }

  public Job named(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }

  public Job named(String name, int version) {
    throw new UnsupportedOperationException("not yet " + name + version);
  }

  public List<Job> list() {
    throw new UnsupportedOperationException("not yet");
  }

  public Job enable(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }

  public Job disable(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }

  /// Marks the job: no new execution starts, and it goes with its history when the active ones have
  /// ended. Doing so again changes nothing.
  public void delete(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }
}
