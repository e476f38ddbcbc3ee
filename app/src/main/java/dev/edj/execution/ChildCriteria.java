package dev.edj.execution;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.PageStore.ChildPlace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which children of one run are wanted, by the way in which they are found, and after which one.
/// Public because Jdbi binds public types only.
///
/// @param common lifecycles for which all children are looked at
/// @param rare a lifecycle whose children have an index of their own
/// @param running whether those in progress are wanted, which are found among all that runs
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record ChildCriteria(
    String[] common,
    @Nullable String rare,
    boolean running,
    int afterStep,
    int afterServer,
    String afterDatabase) {

  private static final ChildPlace BEFORE_ALL = new ChildPlace(0, 0, "");

  static ChildCriteria of(
      @Nullable Lifecycle lifecycle, boolean includeInactive, @Nullable ChildPlace after) {
    ChildPlace place = requireNonNullElse(after, BEFORE_ALL);
    if (lifecycle != null) {
      return switch (lifecycle) {
        case Created, Succeeded -> of(new Lifecycle[] {lifecycle}, null, false, place);
        case InProgress -> of(new Lifecycle[0], null, true, place);
        case WaitingForRetry,
            WaitingForChildJobExecutions,
            SucceededWithSkipped,
            Failed,
            TimedOut,
            Canceled,
            Skipped ->
            of(new Lifecycle[0], lifecycle, false, place);
      };
    }
    return includeInactive
        ? of(Lifecycle.values(), null, false, place)
        : of(new Lifecycle[] {Lifecycle.Created}, Lifecycle.WaitingForRetry, true, place);
  }

  private static ChildCriteria of(
      Lifecycle[] common, @Nullable Lifecycle rare, boolean running, ChildPlace after) {
    return new ChildCriteria(
        Arrays.stream(common).map(Lifecycle::name).toArray(String[]::new),
        rare == null ? null : rare.name(),
        running,
        after.stepId(),
        after.serverId(),
        after.databaseName());
  }
}
