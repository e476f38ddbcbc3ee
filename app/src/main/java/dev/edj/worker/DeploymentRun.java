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
import java.util.List;
import java.util.Map;

/// Carries a plan out, step by step. Steps that may stand in a transaction and follow one another
/// are one; a failure says which step it was, and what is in the database now.
final class DeploymentRun {

  private final BatchRun batches;
  private final TargetSession target;
  private final List<Step> steps;
  private final boolean transactional;
  private final PlanLines lines;
  private int nextBatch = 1;

  /// How many of the steps, from the first on, are in the database to stay.
  private int kept;

  /// Whether those that follow them are in a transaction that is open.
  private boolean open;

  DeploymentRun(BatchRun batches, PlannedDeployment planned, PublishOptions options) {
    this.batches = batches;
    this.target = batches.target();
    this.steps = planned.plan().steps();
    this.transactional = options.is(PublishOption.INCLUDE_TRANSACTIONAL_SCRIPTS);
    this.lines = new PlanLines(planned.script());
  }

  void perform() throws FailedBatch {
    for (int step = 0; step < steps.size(); step++) {
      enter(step);
      log("step %d of %d: %s".formatted(step + 1, steps.size(), title(step)));
      run(step);
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
    for (String text : steps.get(step).batches()) {
      Batch batch = new Batch(nextBatch, 1, lines.next(text), text, Map.of());
      nextBatch++;
      try {
        batches.run(batch, new PreparedBatch(text, batch.lines()));
      } catch (FailedBatch e) {
        throw e.saying(explained(step));
      }
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
        steps.get(step).batches().size() == 1
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
