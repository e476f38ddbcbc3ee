package dev.edj.dacpac.plan;

import java.util.ArrayList;
import java.util.List;

/// A piece of a deployment that is sent to the server on its own.
///
/// @param title of the plan's step
/// @param kind how the text is to be taken
public record DeploymentBatch(String title, Kind kind, String text) {

  /// What a piece is.
  public enum Kind {
    /// One batch, sent as it is.
    BATCH,
    /// A script of the package's author: it has `GO` lines, and variables.
    SCRIPT,
    BEGIN,
    COMMIT
  }

  private static final String BEGIN_TEXT = "SET XACT_ABORT ON;\nBEGIN TRANSACTION;";
  private static final String COMMIT_TEXT = "COMMIT TRANSACTION;";

  /// The pieces of a plan in their order. Steps that may stand in one transaction do, if the
  /// options want it: from the first of them to the last.
  public static List<DeploymentBatch> of(DeploymentPlan plan, PublishOptions options) {
    boolean transactional = options.is(PublishOption.INCLUDE_TRANSACTIONAL_SCRIPTS);
    List<DeploymentBatch> batches = new ArrayList<>();
    boolean open = false;
    for (Step step : plan.steps()) {
      boolean inside = transactional && step.transactional();
      if (inside != open) {
        batches.add(inside ? begin() : commit());
        open = inside;
      }
      Kind kind = step.phase().isScript() ? Kind.SCRIPT : Kind.BATCH;
      for (String text : step.batches()) {
        batches.add(new DeploymentBatch(step.title(), kind, text));
      }
    }
    if (open) {
      batches.add(commit());
    }
    return batches;
  }

  private static DeploymentBatch begin() {
    return new DeploymentBatch("Beginning the transaction", Kind.BEGIN, BEGIN_TEXT);
  }

  private static DeploymentBatch commit() {
    return new DeploymentBatch("Committing the transaction", Kind.COMMIT, COMMIT_TEXT);
  }
}
