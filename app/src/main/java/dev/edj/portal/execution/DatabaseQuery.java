package dev.edj.portal.execution;

import dev.edj.execution.DatabaseFilter;
import dev.edj.execution.Lifecycle;
import dev.edj.portal.site.PagePath;
import dev.edj.problem.EdjException;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which of a run's databases are listed, as it stands in the page's address.
///
/// @param step the number of a step
/// @param name a part of the database's name
/// @param error a part of its error
/// @param after the last one of the page before
record DatabaseQuery(
    @Nullable String lifecycle,
    @Nullable String step,
    @Nullable String server,
    @Nullable String name,
    @Nullable String error,
    @Nullable String after) {

  static final DatabaseQuery ALL = new DatabaseQuery(null, null, null, null, null, null);

  private static final int ROWS = 50;

  static DatabaseQuery ofError(String error) {
    return new DatabaseQuery(null, null, null, null, error, null);
  }

  static DatabaseQuery ofLifecycle(Lifecycle lifecycle) {
    return new DatabaseQuery(lifecycle.name(), null, null, null, null, null);
  }

  static DatabaseQuery ofServer(int stepId, String server) {
    return new DatabaseQuery(null, String.valueOf(stepId), server, null, null, null);
  }

  /// Throws an [EdjException] that names the field that cannot be read.
  DatabaseFilter filter() {
    return new DatabaseFilter(
        text(lifecycle) == null ? null : lifecycle(text(lifecycle)),
        stepId(),
        text(server),
        text(name),
        text(error),
        last(),
        ROWS);
  }

  private static Lifecycle lifecycle(@Nullable String text) {
    return Arrays.stream(Lifecycle.values())
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(() -> EdjException.invalid("lifecycle", "'%s' is none".formatted(text)));
  }

  private @Nullable Integer stepId() {
    String text = text(step);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw EdjException.invalid("step", "'%s' is no step's number".formatted(text));
    }
  }

  private @Nullable UUID last() {
    String text = text(after);
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid("after", "'%s' is no execution's id".formatted(text));
    }
  }

  public boolean isNarrowed() {
    return Stream.of(lifecycle, step, server, name, error).anyMatch(value -> text(value) != null);
  }

  /// The page that goes on after this child; null begins anew.
  public PagePath path(UUID run, @Nullable String after) {
    return PagePath.of("executions", run)
        .with("lifecycle", lifecycle)
        .with("step", step)
        .with("server", server)
        .with("name", name)
        .with("error", error)
        .with("after", after);
  }

  private static @Nullable String text(@Nullable String typed) {
    return typed == null || typed.isBlank() ? null : typed.strip();
  }
}
