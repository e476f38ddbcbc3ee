package dev.edj.worker;

import dev.edj.engine.LedgerEntry;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.TaskType;
import dev.edj.problem.EdjException;
import dev.edj.script.Batch;
import dev.edj.script.PreparedBatch;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.SplitScript;
import dev.edj.script.Variables;
import dev.edj.security.PrivateKeys;
import dev.edj.target.Dialer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Runs a script's batches, in order, in one session, against one database; or only finds out
/// whether they could run there, as the execution's purpose says.
public final class ScriptAttempt implements AttemptRunner {

  /// How long an earlier attempt of the same child may take to let go of the database by itself.
  /// With the lease and its watch before it, work goes on within 15 s of a node's death.
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

  /// How long to wait for its database in all; a session that was told to end may have much to roll
  /// back.
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(15);

  private static final String NOTHING_KEPT = "rolled back: nothing was kept";

  private final StepPlans plans;
  private final Dialer dialer;

  /// @param keys decrypt secret parameters
  public ScriptAttempt(Jdbi jdbi, Dialer dialer, PrivateKeys keys) {
    this.plans = new StepPlans(jdbi, keys);
    this.dialer = dialer;
  }

  @Override
  public AttemptReport run(RunningAttempt attempt) {
    StepPlan plan = plans.of(attempt.child().stepExecutionId());
    attempt.begin();
    Outcome outcome;
    try {
      outcome = perform(attempt, plan);
    } catch (FailedBatch e) {
      outcome = failed(attempt, plan, e.error, e.text);
    } catch (TargetException e) {
      outcome = failed(attempt, plan, e.error(), ErrorText.of(e.error()));
    } catch (ScriptException e) {
      outcome = hopeless(e);
    } catch (RuntimeException e) {
      outcome = unexpected(attempt, plan, e);
    } finally {
      attempt.end();
    }
    return report(attempt, outcome);
  }

  private Outcome perform(RunningAttempt attempt, StepPlan plan)
      throws TargetException, ScriptException, FailedBatch {
    ClaimedChild child = attempt.child();
    ServerName server = dialer.serverName(child.serverId());
    SplitScript script = plan.script(ScriptDialect.valueOf(server.engine().dialect()));
    ScriptValues values = plan.values(child, server.canonical());
    attempt.record().hide(values.secrets());
    Map<String, String> variables = values.variables();
    for (Batch batch : script.batches()) {
      Variables.requireAll(batch, variables);
    }
    String session = "edj:" + child.executionId();
    try (TargetSession target =
        dialer.open(child.serverId(), child.database(), plan.pinned().credentialId(), session)) {
      attempt.opened(target);
      target.lock(session, LOCK_PATIENCE, LOCK_LIMIT, attempt.record().log()::line);
      return switch (plan.pinned().purpose()) {
        case Run -> runScript(attempt, plan, target, script, variables);
        case Check -> check(attempt, plan, target, script, variables);
        case Trial -> runOnTrial(attempt, target, script, variables);
      };
    }
  }

  private static Outcome runScript(
      RunningAttempt attempt,
      StepPlan plan,
      TargetSession target,
      SplitScript script,
      Map<String, String> variables)
      throws TargetException, ScriptException, FailedBatch {
    if (plan.pinned().exactlyOnce()) {
      runOnce(attempt, plan, target, script, variables);
    } else {
      runBatches(attempt, target, script, variables);
    }
    return Outcome.SUCCESS;
  }

  /// What was found stays as it is until a person does something about it.
  private static Outcome check(
      RunningAttempt attempt,
      StepPlan plan,
      TargetSession target,
      SplitScript script,
      Map<String, String> variables)
      throws TargetException, ScriptException {
    PreFlight preFlight = new PreFlight(target, attempt.record().log());
    preFlight.begin();
    preFlight.askForRights();
    if (plan.pinned().exactlyOnce() && preFlight.obstacles().isEmpty()) {
      preFlight.askForLedger(plan.ledgerEntry(attempt.child()));
    }
    preFlight.read(script, variables);
    if (preFlight.obstacles().isEmpty()) {
      return Outcome.SUCCESS;
    }
    String obstacles = String.join("\n", preFlight.obstacles());
    attempt.record().log().line(obstacles);
    return new Outcome(Verdict.HOPELESS, obstacles, null);
  }

  private static Outcome runOnTrial(
      RunningAttempt attempt,
      TargetSession target,
      SplitScript script,
      Map<String, String> variables)
      throws TargetException, ScriptException, FailedBatch {
    AttemptLog log = attempt.record().log();
    log.line("on trial: one transaction, which is rolled back at the end");
    target.beginTrial();
    try {
      for (Batch batch : script.batches()) {
        log.line("batch %d, from line %d on:".formatted(batch.number(), batch.line()));
        runBatch(attempt, target, batch, Variables.prepare(batch, variables));
      }
      target.foreseeCommit();
    } catch (FailedBatch e) {
      throw rolledBack(target, log, e);
    } catch (TargetException e) {
      throw rolledBack(target, log, new FailedBatch(e.error(), ErrorText.of(e.error())));
    }
    target.rollBack();
    log.line(NOTHING_KEPT);
    return Outcome.SUCCESS;
  }

  /// A trial that failed is taken back, too. Where something of it may be kept, that is the
  /// failure, and it is not tried again.
  private static FailedBatch rolledBack(TargetSession target, AttemptLog log, FailedBatch failure) {
    try {
      target.rollBack();
      log.line(NOTHING_KEPT);
      return failure;
    } catch (TargetException e) {
      if (e.error().kind() != TargetError.Kind.TRANSACTION) {
        log.line("the session ended before it was rolled back; its server does that by itself");
        return failure;
      }
      log.line(e.error().message());
      return new FailedBatch(e.error(), failure.text + "\n" + e.error().message());
    }
  }

  private static void runOnce(
      RunningAttempt attempt,
      StepPlan plan,
      TargetSession target,
      SplitScript script,
      Map<String, String> variables)
      throws TargetException, ScriptException, FailedBatch {
    Optional<LedgerEntry> earlier = target.begin(plan.ledgerEntry(attempt.child()));
    if (earlier.isPresent()) {
      LedgerEntry done = earlier.get();
      attempt
          .record()
          .log()
          .line(
              "the work was found done: attempt %d committed it at %s; the script was not run again"
                  .formatted(done.attempt(), done.endedAt()));
      return;
    }
    runBatches(attempt, target, script, variables);
    target.commit();
  }

  private static void runBatches(
      RunningAttempt attempt,
      TargetSession target,
      SplitScript script,
      Map<String, String> variables)
      throws ScriptException, FailedBatch {
    for (Batch batch : script.batches()) {
      runBatch(attempt, target, batch, Variables.prepare(batch, variables));
    }
  }

  private static void runBatch(
      RunningAttempt attempt, TargetSession target, Batch batch, PreparedBatch prepared)
      throws FailedBatch {
    Duration started = attempt.record().batchStarted(batch.number());
    LoggingListener listener = new LoggingListener(attempt.record(), prepared);
    try {
      for (int time = 0; time < batch.count(); time++) {
        target.run(prepared.text(), listener);
      }
      attempt.record().batchEnded(batch.number(), started, Lifecycle.Succeeded, null);
    } catch (TargetException e) {
      String text = attempt.record().redacted(ErrorText.of(e.error(), batch, prepared));
      attempt.record().log().line(text);
      attempt.record().batchEnded(batch.number(), started, lifecycleOf(attempt.stopReason()), text);
      throw new FailedBatch(e.error(), text);
    }
  }

  private static Lifecycle lifecycleOf(@Nullable StopReason reason) {
    return switch (reason) {
      case null -> Lifecycle.Failed;
      case ATTEMPT_TIMED_OUT, JOB_TIMED_OUT -> Lifecycle.TimedOut;
      case STOPPED, NODE_STOPS, LEASE_LOST -> Lifecycle.Canceled;
    };
  }

  /// What a person sees of a stopped attempt is the reason for the stop, not the engine's complaint
  /// about it.
  private static Outcome failed(
      RunningAttempt attempt, StepPlan plan, TargetError error, String text) {
    StopReason reason = attempt.stopReason();
    return reason == null
        ? new Outcome(Verdict.failed(error, attempt.child(), plan.pinned()), text, error.stack())
        : stopped(attempt, plan, reason);
  }

  /// Before there is a session, a stop interrupts whatever the attempt waits for.
  private static Outcome unexpected(RunningAttempt attempt, StepPlan plan, RuntimeException e) {
    StopReason reason = attempt.stopReason();
    if (reason != null) {
      return stopped(attempt, plan, reason);
    }
    if (e instanceof EdjException) {
      return hopeless(e);
    }
    throw e;
  }

  private static Outcome stopped(RunningAttempt attempt, StepPlan plan, StopReason reason) {
    return new Outcome(
        Verdict.stopped(reason, attempt.child(), plan.pinned()),
        ErrorText.of(reason, attempt.child()),
        null);
  }

  private static Outcome hopeless(Exception e) {
    return new Outcome(Verdict.HOPELESS, String.valueOf(e.getMessage()), null);
  }

  private static AttemptReport report(RunningAttempt attempt, Outcome outcome) {
    Verdict verdict = outcome.verdict();
    AttemptRecord.Remains remains = attempt.record().finish();
    return new AttemptReport(
        attempt.child(),
        TaskType.ScriptExecution,
        verdict.attempt(),
        verdict.child(),
        verdict.retryAfter(),
        verdict.counted(),
        redacted(attempt, outcome.message()),
        redacted(attempt, outcome.stack()),
        remains.batches(),
        remains.log(),
        attempt.record().hasReturnedRows());
  }

  private static @Nullable String redacted(RunningAttempt attempt, @Nullable String text) {
    return text == null ? null : attempt.record().redacted(text);
  }

  /// How an attempt ended, in words.
  private record Outcome(Verdict verdict, @Nullable String message, @Nullable String stack) {

    private static final Outcome SUCCESS = new Outcome(Verdict.SUCCESS, null, null);
  }

  /// A target's failure with the place in the script where it happened.
  private static final class FailedBatch extends Exception {

    private final transient TargetError error;
    private final String text;

    FailedBatch(TargetError error, String text) {
      super(text);
      this.error = error;
      this.text = text;
    }
  }
}
