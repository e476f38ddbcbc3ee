package dev.edj.worker;

import dev.edj.content.Packages;
import dev.edj.dacpac.Deployer;
import dev.edj.engine.LedgerEntry;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.engine.rows.RowSpool;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.KeptPieces;
import dev.edj.execution.PinnedDestination;
import dev.edj.execution.Purpose;
import dev.edj.execution.ResultMode;
import dev.edj.execution.UnsentStore;
import dev.edj.problem.EdjException;
import dev.edj.script.Batch;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.SplitScript;
import dev.edj.script.Variables;
import dev.edj.security.PrivateKeys;
import dev.edj.target.Dialer;
import dev.edj.worker.Sending.Unsent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Runs a script's batches, in order, in one session, against one database; or only finds out
/// whether they could run there, as the execution's purpose says. A step that deploys a package is
/// [PackageDeployment]'s.
public final class ScriptAttempt implements AttemptRunner {

  /// How long an earlier attempt of the same child may take to let go of the database by itself.
  /// With the lease and its watch before it, work goes on within 15 s of a node's death.
  static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

  /// How long to wait for its database in all; a session that was told to end may have much to roll
  /// back.
  static final Duration LOCK_LIMIT = Duration.ofSeconds(15);

  private static final String NOTHING_KEPT = "rolled back: nothing was kept";

  private static final String MAY_HAVE_RUN =
      "An earlier attempt came to no end, with its node or without. The script may have run there; it is not run again.";

  private final StepPlans plans;
  private final Dialer dialer;
  private final PackageDeployment deployment;
  private final Destinations destinations;
  private final UnsentStore unsent;
  private final KeptPieces pieces;
  private final Path directory;

  /// @param keys decrypt secret parameters
  /// @param directory where many rows wait until they are sent or kept
  public ScriptAttempt(
      Jdbi jdbi,
      Dialer dialer,
      Destinations destinations,
      PrivateKeys keys,
      Packages packages,
      Deployer deployer,
      Path directory) {
    this.plans = new StepPlans(jdbi, keys, packages);
    this.deployment = new PackageDeployment(jdbi, dialer, deployer, directory);
    this.dialer = dialer;
    this.destinations = destinations;
    this.unsent = jdbi.onDemand(UnsentStore.class);
    this.pieces = new KeptPieces(jdbi);
    this.directory = directory;
  }

  @Override
  public AttemptReport run(RunningAttempt attempt) {
    StepPlan plan = plans.of(attempt.child().stepExecutionId());
    attempt.does(plan.pinned());
    attempt.begin();
    Outcome outcome;
    try {
      outcome =
          plan.pinned().deploysPackage()
              ? deployment.perform(attempt, plan)
              : perform(attempt, plan);
    } catch (FailedBatch e) {
      outcome = failed(attempt, plan, e.error(), e.text());
    } catch (TargetException e) {
      outcome = failed(attempt, plan, e.error(), ErrorText.of(e.error()));
    } catch (Unsent e) {
      outcome = unsent(attempt, plan, e);
    } catch (ScriptException e) {
      outcome = Outcome.hopeless(e);
    } catch (RuntimeException e) {
      outcome = unexpected(attempt, plan, e);
    } finally {
      attempt.end();
    }
    return report(attempt, outcome);
  }

  private Outcome perform(RunningAttempt attempt, StepPlan plan)
      throws TargetException, ScriptException, FailedBatch, Unsent {
    ClaimedChild child = attempt.child();
    if (plan.pinned().atMostOnce() && child.attempt() > child.failedAttempts() + 1) {
      attempt.record().log().line(MAY_HAVE_RUN);
      return new Outcome(Verdict.HOPELESS, MAY_HAVE_RUN, null);
    }
    ServerName server = dialer.serverName(child.serverId());
    attempt.at(server);
    SplitScript script = plan.script(ScriptDialect.valueOf(server.engine().dialect()));
    ScriptValues values = plan.values(child, server.canonical());
    attempt.record().hide(values.secrets());
    Map<String, String> variables = values.variables();
    for (Batch batch : script.batches()) {
      Variables.requireAll(batch, variables);
    }
    Sending sending = sending(attempt, plan, server);
    if (sending != null) {
      Outcome earlier = outcomeOfEarlier(attempt, plan, sending);
      if (earlier != null) {
        return earlier;
      }
      sending.requireReachable();
    }
    String session = "edj:" + child.executionId();
    try (TargetSession target =
            dialer.open(child.serverId(), child.database(), plan.pinned().credentialId(), session);
        ResultSets results =
            new ResultSets(
                mode(plan),
                KeptRows.Limits.of(plan.pinned()),
                server.engine(),
                directory,
                attempt.record())) {
      attempt.opened(target);
      target.lock(session, LOCK_PATIENCE, LOCK_LIMIT, attempt.record().log()::line);
      Run run = new Run(attempt, target, script, variables, results);
      return switch (plan.pinned().purpose()) {
        case Run -> runScript(run, plan, sending);
        case Check -> check(attempt, plan, target, script, variables);
        case Trial -> runOnTrial(run);
        case Query -> query(run);
      };
    }
  }

  /// What runs where.
  private record Run(
      RunningAttempt attempt,
      TargetSession target,
      SplitScript script,
      Map<String, String> variables,
      ResultSets results) {

    void batches() throws ScriptException, FailedBatch {
      for (Batch batch : script.batches()) {
        batch(batch);
      }
    }

    void batch(Batch batch) throws ScriptException, FailedBatch {
      new BatchRun(attempt, target, results).run(batch, Variables.prepare(batch, variables));
    }

    AttemptLog log() {
      return attempt.record().log();
    }
  }

  /// What a trial would send is kept, for people to look at.
  private static ResultMode mode(StepPlan plan) {
    ResultMode mode = plan.pinned().results();
    return plan.pinned().purpose() == Purpose.Trial && mode == ResultMode.Send
        ? ResultMode.Keep
        : mode;
  }

  /// For a check, too, which asks whether the destination can be reached.
  private @Nullable Sending sending(RunningAttempt attempt, StepPlan plan, ServerName server) {
    PinnedDestination destination = plan.pinned().destination();
    return destination == null || plan.pinned().purpose() == Purpose.Trial
        ? null
        : new Sending(destinations, attempt, plan, destination, server.canonical());
  }

  /// Where the script must not run again once it has run, what became of it in an earlier attempt;
  /// null when it has not run.
  private @Nullable Outcome outcomeOfEarlier(RunningAttempt attempt, StepPlan plan, Sending sending)
      throws Unsent {
    if (!plan.pinned().triesWriteAlone() || attempt.child().attempt() == 1) {
      return null;
    }
    UnsentStore.Unsent earlier = unsent.find(attempt.child().executionId());
    if (earlier == null) {
      return null;
    }
    if (earlier.rowCount() == 0 || sending.isThere()) {
      attempt
          .record()
          .log()
          .line(
              "the script ran in attempt %d, and its rows are in their destination"
                  .formatted(earlier.attempt()));
      return Outcome.SUCCESS;
    }
    String lost =
        ("The script ran in attempt %d, whose node was lost before %s had come to the destination. They are lost, and"
                + " the script is not run again, as the policy says.")
            .formatted(earlier.attempt(), ErrorText.rows(earlier.rowCount()));
    attempt.record().log().line(lost);
    return new Outcome(Verdict.HOPELESS, lost, null);
  }

  private Outcome runScript(Run run, StepPlan plan, @Nullable Sending sending)
      throws TargetException, ScriptException, FailedBatch, Unsent {
    if (plan.pinned().exactlyOnce()) {
      runOnce(run, plan, sending);
    } else {
      run.batches();
      RowSpool rows = run.results().toSend();
      if (sending != null && rows != null) {
        send(run.attempt(), plan, sending, rows);
      } else if (sending != null && !plan.pinned().triesWriteAlone()) {
        sending.removeEarlier();
      }
    }
    keepResult(run);
    return Outcome.SUCCESS;
  }

  /// What is too much for the report goes before it. Where it cannot be kept, less is, and whoever
  /// reads it sees how many rows there were; the script need not fail for it.
  private void keepResult(Run run) {
    KeptRows kept = run.results().kept();
    if (kept != null) {
      run.attempt().record().keep(isRestKept(run, kept) ? kept.result() : kept.withoutRest());
    }
  }

  private boolean isRestKept(Run run, KeptRows kept) {
    RowSpool rest = kept.rest();
    if (rest == null) {
      return true;
    }
    try {
      if (pieces.keep(run.attempt().child(), rest, kept.restBytes())) {
        return true;
      }
      run.log().line("its rows are not all kept: the results of all databases are too many");
    } catch (IOException | JdbiException e) {
      run.log().line("its rows are not all kept: " + e.getMessage());
    }
    return false;
  }

  private void send(RunningAttempt attempt, StepPlan plan, Sending sending, RowSpool rows)
      throws Unsent {
    if (plan.pinned().triesWriteAlone() && unsent.insert(attempt.child(), rows.count()) == 0) {
      attempt.stop(StopReason.LEASE_LOST);
    }
    sending.send(rows);
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

  private Outcome runOnTrial(Run run) throws TargetException, ScriptException, FailedBatch {
    run.log().line("on trial: one transaction, which is rolled back at the end");
    run.target().beginTrial();
    takeBackAfter(
        run,
        () -> {
          for (Batch batch : run.script().batches()) {
            run.log().line("batch %d, from line %d on:".formatted(batch.number(), batch.line()));
            run.batch(batch);
          }
          run.target().foreseeCommit();
        });
    keepResult(run);
    return Outcome.SUCCESS;
  }

  private Outcome query(Run run) throws TargetException, ScriptException, FailedBatch {
    run.log().line("a query: one transaction, which is rolled back at the end");
    run.target().beginReading();
    takeBackAfter(run, run::batches);
    keepResult(run);
    return Outcome.SUCCESS;
  }

  private interface Work {
    void perform() throws TargetException, ScriptException, FailedBatch;
  }

  private static void takeBackAfter(Run run, Work work)
      throws TargetException, ScriptException, FailedBatch {
    try {
      work.perform();
    } catch (FailedBatch e) {
      throw rolledBack(run.target(), run.log(), e);
    } catch (TargetException e) {
      throw rolledBack(
          run.target(), run.log(), new FailedBatch(e.error(), ErrorText.of(e.error())));
    }
    run.target().rollBack();
    run.log().line(NOTHING_KEPT);
  }

  /// What failed is taken back, too. Where something of it may be kept, that is the failure, and it
  /// is not tried again.
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
      return new FailedBatch(e.error(), failure.text() + "\n" + e.error().message());
    }
  }

  /// Rows are sent before the commit, in which work and ledger become one: then whoever finds the
  /// work done finds its rows where they belong. Whoever finds it not done takes those away that an
  /// earlier attempt has sent before a commit that came to nothing.
  private void runOnce(Run run, StepPlan plan, @Nullable Sending sending)
      throws TargetException, ScriptException, FailedBatch, Unsent {
    TargetSession target = run.target();
    Optional<LedgerEntry> earlier = target.begin(plan.ledgerEntry(run.attempt().child()));
    if (earlier.isPresent()) {
      LedgerEntry done = earlier.get();
      run.attempt()
          .record()
          .log()
          .line(
              "the work was found done: attempt %d committed it at %s; the script was not run again"
                  .formatted(done.attempt(), done.endedAt()));
      return;
    }
    if (sending != null) {
      sending.removeEarlier();
    }
    run.batches();
    RowSpool rows = run.results().toSend();
    if (sending == null || rows == null) {
      target.commit();
      return;
    }
    sending.send(rows);
    try {
      target.commit();
    } catch (TargetException e) {
      if (e.error().kind() != TargetError.Kind.LOST) {
        sending.takeBack();
      }
      throw e;
    }
  }

  /// What a person sees of a stopped attempt is the reason for the stop, not the engine's complaint
  /// about it.
  private static Outcome failed(
      RunningAttempt attempt, StepPlan plan, TargetError error, String text) {
    StopReason reason = attempt.stopReason();
    if (reason != null) {
      return stopped(attempt, plan, reason);
    }
    attempt.failedBy(ErrorClass.of(error.kind()));
    return new Outcome(Verdict.failed(error, attempt.child(), plan.pinned()), text, error.stack());
  }

  /// A node that may not act any more finds out here before anybody stops the attempt.
  private static Outcome unsent(RunningAttempt attempt, StepPlan plan, Unsent e) {
    StopReason reason = attempt.stopReason();
    if (reason != null || !attempt.mayAct()) {
      return stopped(attempt, plan, reason == null ? StopReason.LEASE_LOST : reason);
    }
    attempt.record().log().line(e.text());
    attempt.failedBy(ErrorClass.DESTINATION);
    Verdict verdict =
        e.scriptRan()
            ? Verdict.unsent(e.error(), attempt.child(), plan.pinned())
            : Verdict.failed(e.error(), attempt.child(), plan.pinned());
    return new Outcome(verdict, e.text(), e.error().stack());
  }

  /// Before there is a session, a stop interrupts whatever the attempt waits for.
  private static Outcome unexpected(RunningAttempt attempt, StepPlan plan, RuntimeException e) {
    StopReason reason = attempt.stopReason();
    if (reason != null) {
      return stopped(attempt, plan, reason);
    }
    if (e instanceof EdjException) {
      return Outcome.hopeless(e);
    }
    throw e;
  }

  private static Outcome stopped(RunningAttempt attempt, StepPlan plan, StopReason reason) {
    attempt.failedBy(ErrorClass.of(reason));
    return new Outcome(
        Verdict.stopped(reason, attempt.child(), plan.pinned()),
        ErrorText.of(reason, attempt.child()),
        null);
  }

  private static AttemptReport report(RunningAttempt attempt, Outcome outcome) {
    Verdict verdict = outcome.verdict();
    AttemptRecord.Remains remains = attempt.record().finish();
    return new AttemptReport(
        attempt.child(),
        attempt.taskType(),
        verdict.attempt(),
        verdict.child(),
        verdict.retryAfter(),
        verdict.counted(),
        redacted(attempt, outcome.message()),
        redacted(attempt, outcome.stack()),
        remains.batches(),
        remains.log(),
        attempt.record().hasReturnedRows(),
        attempt.record().kept());
  }

  private static @Nullable String redacted(RunningAttempt attempt, @Nullable String text) {
    return text == null ? null : attempt.record().redacted(text);
  }
}
