package dev.edj.portal;

import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Purpose;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was typed into the filter of the list of executions, as it stands in the page's address:
/// the same names as the API's, times also as the command line reads them.
///
/// @param all those that have ended, too
/// @param after the last one of the page before
record ExecutionQuery(
    @Nullable String job,
    @Nullable String purpose,
    @Nullable String lifecycle,
    @Nullable String schedule,
    @Nullable String target,
    @Nullable String content,
    @Nullable String server,
    @Nullable String database,
    @Nullable String createdFrom,
    @Nullable String createdTo,
    @Nullable String startedFrom,
    @Nullable String startedTo,
    @Nullable Boolean all,
    @Nullable String after) {

  private static final int ROWS = 50;

  /// Throws an [EdjException] that names the field that cannot be read.
  ExecutionFilter filter(Clock clock) {
    return ExecutionFilter.page(ROWS)
        .job(text(job))
        .purpose(read("purpose", purpose, text -> oneOf(Purpose.values(), text)))
        .schedule(text(schedule))
        .target(text(target))
        .content(text(content))
        .server(text(server))
        .database(text(database))
        .lifecycle(read("lifecycle", lifecycle, text -> oneOf(Lifecycle.values(), text)))
        .createdFrom(time("createdFrom", createdFrom, clock))
        .createdTo(time("createdTo", createdTo, clock))
        .startedFrom(time("startedFrom", startedFrom, clock))
        .startedTo(time("startedTo", startedTo, clock))
        .includeInactive(isWithEnded())
        .after(read("after", after, UUID::fromString))
        .filter();
  }

  /// Whether it lists children by where they ran, and not runs.
  public boolean isOfPlaces() {
    return text(server) != null || text(database) != null;
  }

  public boolean isWithEnded() {
    return all != null && all;
  }

  /// Whether those that have ended are listed.
  public boolean isOfEnded() {
    return isWithEnded() || text(lifecycle) != null;
  }

  /// Whether anything narrows the list that is hidden behind a fold.
  public boolean isDetailed() {
    return Stream.of(
            purpose,
            schedule,
            target,
            content,
            server,
            database,
            createdFrom,
            createdTo,
            startedFrom,
            startedTo)
        .anyMatch(value -> text(value) != null);
  }

  /// Whether anything narrows the list at all.
  public boolean isNarrowed() {
    return isDetailed() || text(job) != null || text(lifecycle) != null;
  }

  /// The page that goes on after this execution; null begins anew.
  public PagePath path(@Nullable String after) {
    return PagePath.of("executions")
        .with("job", job)
        .with("lifecycle", lifecycle)
        .with("purpose", purpose)
        .with("schedule", schedule)
        .with("target", target)
        .with("content", content)
        .with("server", server)
        .with("database", database)
        .with("createdFrom", createdFrom)
        .with("createdTo", createdTo)
        .with("startedFrom", startedFrom)
        .with("startedTo", startedTo)
        .with("all", all)
        .with("after", after);
  }

  private static @Nullable String text(@Nullable String typed) {
    return typed == null || typed.isBlank() ? null : typed.strip();
  }

  private static <T> @Nullable T read(
      String field, @Nullable String typed, Function<String, T> reader) {
    String text = text(typed);
    try {
      return text == null ? null : reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid(field, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Instant time(String field, @Nullable String typed, Clock clock) {
    return new Typed(field, typed).time(clock);
  }

  private static <E extends Enum<E>> E oneOf(E[] values, String text) {
    return Arrays.stream(values)
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'%s' is none".formatted(text)));
  }
}
