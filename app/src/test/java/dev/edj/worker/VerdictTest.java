package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.TargetError;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.Purpose;
import dev.edj.execution.ResultMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void aFailureIsTriedAgainAfterTheBackoff() {
    Verdict second = Verdict.failed(error(false), child(1, 0), plan(false, 5));
    Verdict third = Verdict.failed(error(false), child(2, 1), plan(false, 5));
    assertThat(second)
        .isEqualTo(
            new Verdict(Lifecycle.Failed, Lifecycle.WaitingForRetry, Duration.ofSeconds(1), true));
    assertThat(third.retryAfter()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void theLastAttemptEndsTheChild() {
    assertThat(Verdict.failed(error(true), child(5, 4), plan(false, 5)).child())
        .isEqualTo(Lifecycle.Failed);
  }

  @Test
  void aPermanentErrorEndsTheChildAtOnceWhereOnlyTransientOnesAreTriedAgain() {
    assertThat(Verdict.failed(error(false), child(1, 0), plan(true, 5)).child())
        .isEqualTo(Lifecycle.Failed);
    assertThat(Verdict.failed(error(true), child(1, 0), plan(true, 5)).child())
        .isEqualTo(Lifecycle.WaitingForRetry);
  }

  @Test
  void whatIsNotARunTriesAgainOnlyWhatMayPassAndNotOften() {
    for (Purpose purpose : List.of(Purpose.Check, Purpose.Trial, Purpose.Query)) {
      PinnedPlan plan = plan(purpose, false, 1_000, Set.of(), Set.of());
      assertThat(Verdict.failed(error(false), child(1, 0), plan).child())
          .isEqualTo(Lifecycle.Failed);
      assertThat(Verdict.failed(error(true), child(2, 1), plan).child())
          .isEqualTo(Lifecycle.WaitingForRetry);
      assertThat(Verdict.failed(error(true), child(3, 2), plan).child())
          .isEqualTo(Lifecycle.Failed);
      PinnedPlan once = plan(purpose, false, 1, Set.of(), Set.of());
      assertThat(Verdict.failed(error(true), child(1, 0), once).child())
          .isEqualTo(Lifecycle.Failed);
    }
  }

  @Test
  void thePolicysOwnListsWinOverTheEnginesTable() {
    TargetError deadlock = error(true, "40P01");
    PinnedPlan never = plan(true, 5, Set.of(), Set.of("40P01"));
    assertThat(Verdict.failed(deadlock, child(1, 0), never).child()).isEqualTo(Lifecycle.Failed);
    TargetError missing = error(false, "42P01");
    PinnedPlan also = plan(true, 5, Set.of("42P01"), Set.of());
    assertThat(Verdict.failed(missing, child(1, 0), also).child())
        .isEqualTo(Lifecycle.WaitingForRetry);
  }

  @Test
  void aLostNodesAttemptThatStillHoldsTheDatabaseUsesUpNoAttempt() {
    Verdict verdict = Verdict.failed(held(TargetError.Kind.LOCK), child(2000, 0), plan(false, 1));
    assertThat(verdict.child()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(verdict.counted()).isFalse();
  }

  @Test
  void aLockThatSomebodyElseHoldsIsAFailureLikeAnyOther() {
    TargetError lock = held(TargetError.Kind.FOREIGN_LOCK);
    Verdict verdict = Verdict.failed(lock, child(1, 0), plan(true, 2));
    assertThat(verdict.child()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(verdict.counted()).isTrue();
    assertThat(Verdict.failed(lock, child(2, 1), plan(true, 2)).child())
        .isEqualTo(Lifecycle.Failed);
  }

  @Test
  void aLockWhoseHolderIsNotToldCountsAfterAHundredAttempts() {
    TargetError lock = held(TargetError.Kind.UNSEEN_LOCK);
    assertThat(Verdict.failed(lock, child(100, 0), plan(false, 2)).counted()).isFalse();
    assertThat(Verdict.failed(lock, child(101, 0), plan(false, 2)).counted()).isTrue();
    assertThat(Verdict.failed(lock, child(102, 1), plan(false, 2)).child())
        .isEqualTo(Lifecycle.Failed);
  }

  @Test
  void aScriptThatCannotBeOneTransactionIsNotTriedAgain() {
    TargetError refused =
        new TargetError(TargetError.Kind.TRANSACTION, null, "25001", null, null, "no", false, "");
    assertThat(Verdict.failed(refused, child(1, 0), plan(false, 5, Set.of("25001"), Set.of())))
        .isEqualTo(Verdict.HOPELESS);
  }

  @Test
  void anAttemptTimeOutIsTriedAgainOnlyWhereEveryFailureIs() {
    StopReason reason = StopReason.ATTEMPT_TIMED_OUT;
    assertThat(Verdict.stopped(reason, child(1, 0), plan(false, 2)))
        .isEqualTo(
            new Verdict(
                Lifecycle.TimedOut, Lifecycle.WaitingForRetry, Duration.ofSeconds(1), true));
    assertThat(Verdict.stopped(reason, child(2, 1), plan(false, 2)).child())
        .isEqualTo(Lifecycle.TimedOut);
    assertThat(Verdict.stopped(reason, child(1, 0), plan(true, 2)).child())
        .isEqualTo(Lifecycle.TimedOut);
  }

  @Test
  void theJobsTimeOutIsNeverTriedAgain() {
    assertThat(Verdict.stopped(StopReason.JOB_TIMED_OUT, child(1, 0), plan(false, 9)).child())
        .isEqualTo(Lifecycle.TimedOut);
  }

  @Test
  void aNodeThatStopsHandsItsWorkBackUncounted() {
    assertThat(Verdict.stopped(StopReason.NODE_STOPS, child(1, 0), plan(false, 1)))
        .isEqualTo(
            new Verdict(Lifecycle.Canceled, Lifecycle.WaitingForRetry, Duration.ZERO, false));
  }

  private static TargetError held(TargetError.Kind kind) {
    return new TargetError(kind, null, null, null, null, "held", true, "");
  }

  private static TargetError error(boolean mayPass) {
    return error(mayPass, "XX000");
  }

  private static TargetError error(boolean mayPass, String sqlState) {
    return new TargetError(
        TargetError.Kind.STATEMENT, null, sqlState, null, 1, "it failed", mayPass, "");
  }

  private static ClaimedChild child(int attempt, int failedAttempts) {
    return new ClaimedChild(
        new UUID(0, 1), 1, 1, "db", attempt, 1, null, failedAttempts, null, null);
  }

  private static PinnedPlan plan(boolean transientOnly, int maximumAttempts) {
    return plan(transientOnly, maximumAttempts, Set.of(), Set.of());
  }

  private static PinnedPlan plan(
      boolean transientOnly,
      int maximumAttempts,
      Set<String> transientErrors,
      Set<String> permanentErrors) {
    return plan(Purpose.Run, transientOnly, maximumAttempts, transientErrors, permanentErrors);
  }

  private static PinnedPlan plan(
      Purpose purpose,
      boolean transientOnly,
      int maximumAttempts,
      Set<String> transientErrors,
      Set<String> permanentErrors) {
    return new PinnedPlan(
        1,
        new UUID(0, 2),
        Instant.EPOCH,
        1,
        "job",
        1,
        purpose,
        1,
        "step",
        "content",
        1,
        "SELECT 1",
        false,
        null,
        null,
        List.of(),
        false,
        null,
        1,
        "target",
        null,
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        2,
        maximumAttempts,
        transientOnly,
        transientErrors,
        permanentErrors,
        ResultMode.Keep,
        null,
        false);
  }
}
