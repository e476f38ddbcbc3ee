package dev.edj.policy;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Creates, changes, lists and deletes execution policies; the built-in ones stay as they are.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Policies {

  private final Jdbi jdbi;

  public Policies(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  public ExecutionPolicy create(NewExecutionPolicy policy) {
    throw new UnsupportedOperationException("not yet " + jdbi + policy);
  }

  /// Executions that have started keep the settings they started with.
  public ExecutionPolicy update(String name, ExecutionPolicyChange change) {
    throw new UnsupportedOperationException("not yet " + name + change);
  }

  public ExecutionPolicy named(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }

  public List<ExecutionPolicy> list() {
    throw new UnsupportedOperationException("not yet");
  }

  public void delete(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }
}
