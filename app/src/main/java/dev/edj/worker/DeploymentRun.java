package dev.edj.worker;

import dev.edj.dacpac.PlannedDeployment;
import dev.edj.dacpac.plan.PublishOption;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.dacpac.plan.Step;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.script.Batch;
import dev.edj.script.PreparedBatch;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import dev.edj.script.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries a plan out, step by step. Steps that may stand in a transaction and follow one another
/// are one; a failure says which step it was, and what is in the database now.
final class DeploymentRun {

  private final BatchRun batches;
  private final TargetSession target;
  private final List<Step> steps;
  private final boolean transactional;
  private final List<List<Sent>> sent;

  /// How many of the steps, from the first on, are in the database to stay.
  private int kept;

  /// Whether those that follow them are in a transaction that is open.
  private boolean open;

  /// Refuses scripts of the package's author that cannot be right; nothing has been done then.
  DeploymentRun(BatchRun batches, PlannedDeployment planned, PublishOptions options)
      throws ScriptException {
    this.batches = batches;
    this.target = batches.target();
    this.steps = planned.plan().steps();
    this.transactional = options.is(PublishOption.INCLUDE_TRANSACTIONAL_SCRIPTS);
    this.sent = sent(steps, new PlanLines(planned.script()), options.variables());
  }

  /// A batch as it is sent.
  private record Sent(Batch batch, PreparedBatch prepared) {}

  private static List<List<Sent>> sent(
      List<Step> steps, PlanLines lines, Map<String, String> variables) throws ScriptException {
    List<List<Sent>> all = new ArrayList<>();
    int number = 1;
    for (Step step : steps) {
      List<Sent> ofStep = new ArrayList<>();
      for (String text : step.batches()) {
        int line = lines.next(text);
        for (Batch batch : batches(step, text)) {
          Batch placed = placed(batch, number++, line);
          ofStep.add(new Sent(placed, Variables.prepare(placed, variables)));
        }
      }
      all.add(ofStep);
    }
    return all;
  }

  /// A script has `GO` lines and variables; what was planned has neither.
  private static List<Batch> batches(Step step, String text) throws ScriptException {
    return step.phase().isScript()
        ? ScriptSplitter.split(text, ScriptDialect.SQL_SERVER).batches()
        : List.of(new Batch(0, 1, 1, text, Map.of()));
  }

  /// The batch with its number and lines in the whole plan.
  ///
  /// @param line on which the text begins that the batch is a part of
  private static Batch placed(Batch batch, int number, int line) {
    return new Batch(
        number,
        batch.count(),
        batch.line() + line - 1,
        batch.text(),
        batch.definitions(),
        batch.references(),
        batch.lines().movedBy(line - 1));
  }

  void perform() throws TargetException, FailedBatch {
    AuthorSession session = AuthorSession.of(target);
    for (int step = 0; step < steps.size(); step++) {
      enter(step);
      log("step %d of %d: %s".formatted(step + 1, steps.size(), title(step)));
      run(step);
      if (steps.get(step).phase().isScript()) {
        restore(session, step);
      }
      if (!open) {
        kept = step + 1;
      }
    }
    commit(steps.size());
  }

  /// Begins or ends the transaction, as the step demands.
  private void enter(int step) throws FailedBatch {
    boolean wanted = transactional && steps.get(step).transactional();
    if (open && !wanted) {
      commit(step);
    }
    if (!open && wanted) {
      try {
        target.beginTransaction();
      } catch (TargetException e) {
        throw failedBefore(e, "the transaction for step %d could not be begun".formatted(step + 1));
      }
      open = true;
      log("a transaction begins");
    } else if (!wanted) {
      log("without a transaction:");
    }
  }

  /// @param until how many steps are done
  private void commit(int until) throws FailedBatch {
    if (!open) {
      return;
    }
    try {
      target.commitTransaction();
    } catch (TargetException e) {
      throw failedBefore(
          e,
          e.error().kind() == TargetError.Kind.LOST
              ? "the connection was lost at the commit: %s may or may not be in the database; the next attempt finds out"
                  .formatted(range(kept, until))
              : "the transaction of %s could not be committed".formatted(range(kept, until)));
    }
    log("committed: " + range(kept, until));
    kept = until;
    open = false;
  }

  private void run(int step) throws FailedBatch {
    for (Sent one : sent.get(step)) {
      try {
        batches.run(one.batch(), one.prepared());
      } catch (FailedBatch e) {
        throw e.saying(explained(step));
      }
    }
  }

  /// A script that ends in a transaction would take away what follows it, and one that has the
  /// server run nothing would have it look as if it had been done.
  private void restore(AuthorSession session, int step) throws FailedBatch {
    Optional<String> fault;
    try {
      fault = session.restore();
    } catch (TargetException e) {
      throw failedBefore(
          e, "after step %d (%s) the session is not usable".formatted(step + 1, title(step)));
    }
    if (fault.isPresent()) {
      throw failedBefore(
          new TargetException(
              TargetError.of(TargetError.Kind.TRANSACTION, fault.get(), false, null)),
          "step %d (%s)".formatted(step + 1, title(step)));
    }
  }

  /// Which step failed, and what of the plan is in the database.
  private String explained(int step) {
    String failed = "Step %d of %d failed: %s".formatted(step + 1, steps.size(), title(step));
    String text = failed + "\n" + (open ? rolledBack(step) : withoutTransaction(step));
    log(text);
    return text;
  }

  private String rolledBack(int step) {
    String transaction =
        step == kept ? "Its transaction" : "The transaction of " + range(kept, step + 1);
    try {
      target.rollBackTransaction();
      return transaction + " was rolled back, nothing of it is kept." + before();
    } catch (TargetException e) {
      return e.error().kind() == TargetError.Kind.TRANSACTION
          ? "%s: %s%s".formatted(transaction, e.error().message(), before())
          : transaction + " is rolled back by the server, because the session ended." + before();
    }
  }

  private String withoutTransaction(int step) {
    String part =
        sent.get(step).size() == 1
            ? "It is in no transaction; what its batch had done before it failed may be kept."
            : "It is in no transaction; its earlier batches are kept.";
    return part + before();
  }

  private String before() {
    return kept == 0
        ? " Nothing was done before."
        : " Done before, and kept: %s.".formatted(range(0, kept));
  }

  private FailedBatch failedBefore(TargetException e, String what) {
    String text = "%s: %s\n%s".formatted(what, ErrorText.of(e.error()), before().strip());
    log(text);
    return new FailedBatch(e.error(), text);
  }

  private String title(int step) {
    return steps.get(step).title();
  }

  /// `steps 2 to 5`
  private static String range(int from, int until) {
    return until - from == 1 ? "step " + until : "steps %d to %d".formatted(from + 1, until);
  }

  private void log(String line) {
    batches.attempt().record().log().line(line);
  }
}
