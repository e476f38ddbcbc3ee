package dev.edj.worker;

import dev.edj.engine.TargetError;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.PlanStore.PinnedPlan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a failed or stopped attempt means for its child execution.
///
/// @param attempt how the attempt ended
/// @param child how the child stands from now on
/// @param retryAfter the wait before the next attempt, when there is one
/// @param counted whether the attempt counts against the policy's maximum
record Verdict(Lifecycle attempt, Lifecycle child, @Nullable Duration retryAfter, boolean counted) {

  static final Verdict SUCCESS = new Verdict(Lifecycle.Succeeded, Lifecycle.Succeeded, null, false);

  /// Something that trying again cannot change, such as a password that may not be sent to this
  /// server.
  static final Verdict HOPELESS = last(Lifecycle.Failed);

  /// How many attempts of a child may go uncounted before those count that met a lock whose holder
  /// the server does not tell of: more than any leftover session needs to end, and not for ever.
  private static final int MOST_UNCOUNTED = 100;

  /// Somebody or something other than the script ended the attempt. To a policy that tries again
  /// only what may pass by itself, a time-out is not of that kind: a script that is too slow once
  /// is rarely faster.
  static Verdict stopped(StopReason reason, ClaimedChild child, PinnedPlan plan) {
    return switch (reason) {
      case STOPPED -> last(Lifecycle.Canceled);
      case JOB_TIMED_OUT -> last(Lifecycle.TimedOut);
      case ATTEMPT_TIMED_OUT -> counted(Lifecycle.TimedOut, child, plan, false);
      case NODE_STOPS, LEASE_LOST -> uncounted(Lifecycle.Canceled, Duration.ZERO);
    };
  }

  /// The target failed. Where an earlier attempt still holds the database's lock nothing of the
  /// script was tried, so that does not count; where somebody else does, it is the target's own
  /// failure, or its users could keep a run open for ever. A script that is not one transaction
  /// never will be.
  static Verdict failed(TargetError error, ClaimedChild child, PinnedPlan plan) {
    return switch (error.kind()) {
      case LOCK -> locked(child, plan);
      case UNSEEN_LOCK ->
          child.attempt() - child.failedAttempts() <= MOST_UNCOUNTED
              ? locked(child, plan)
              : counted(Lifecycle.Failed, child, plan, plan.mayPass(error));
      case TRANSACTION -> HOPELESS;
      case FOREIGN_LOCK, CONNECT, LOGIN, STATEMENT, CANCELED, LOST ->
          counted(Lifecycle.Failed, child, plan, plan.mayPass(error));
    };
  }

  /// The script ran, and its rows did not come to their destination.
  static Verdict unsent(TargetError error, ClaimedChild child, PinnedPlan plan) {
    boolean mayPass = plan.mayPass(error);
    return plan.triesWriteAlone() || (error.kind() == TargetError.Kind.STATEMENT && !mayPass)
        ? HOPELESS
        : counted(Lifecycle.Failed, child, plan, mayPass);
  }

  private static Verdict locked(ClaimedChild child, PinnedPlan plan) {
    return uncounted(
        Lifecycle.Failed, plan.retries().backoff().waitBeforeAttempt(child.attempt() + 1));
  }

  private static Verdict counted(
      Lifecycle ended, ClaimedChild child, PinnedPlan plan, boolean mayPass) {
    Optional<Duration> wait = plan.retries().afterFailure(child.failedAttempts(), mayPass);
    return wait.isEmpty()
        ? last(ended)
        : new Verdict(ended, Lifecycle.WaitingForRetry, wait.get(), true);
  }

  private static Verdict last(Lifecycle lifecycle) {
    return new Verdict(lifecycle, lifecycle, null, true);
  }

  private static Verdict uncounted(Lifecycle attempt, Duration wait) {
    return new Verdict(attempt, Lifecycle.WaitingForRetry, wait, false);
  }
}
