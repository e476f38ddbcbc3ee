package dev.edj.portal.content;

import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.dacpac.PlannedDeployment;
import dev.edj.dacpac.plan.Alert;
import dev.edj.dacpac.plan.DeploymentPlan;
import dev.edj.dacpac.plan.Operation;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What would be done to a database of one package to make it one of another, as a page shows it.
///
/// @param operations the first of them
/// @param more how many are not shown
/// @param refusal why it could not be done; null when it could
record PackageDifference(
    boolean changesNothing,
    List<Operation> operations,
    int more,
    List<Alert> alerts,
    ShownScript script,
    @Nullable String refusal) {

  private static final int MOST = 500;

  /// Nothing unless both are packages whose files are kept.
  static Optional<PackageDifference> of(ContentVersion from, ContentVersion to, Contents contents) {
    try {
      return contents.packageDifference(from, to).map(PackageDifference::of);
    } catch (EdjException e) {
      if (e.code() != ErrorCode.INVALID_PACKAGE) {
        throw e;
      }
      return Optional.of(
          new PackageDifference(false, List.of(), 0, List.of(), ShownScript.of(""), e.text()));
    }
  }

  private static PackageDifference of(PlannedDeployment planned) {
    DeploymentPlan plan = planned.plan();
    List<Operation> operations =
        plan.steps().stream().flatMap(step -> step.operations().stream()).toList();
    int shown = Math.min(MOST, operations.size());
    return new PackageDifference(
        plan.changesNothing(),
        operations.subList(0, shown),
        operations.size() - shown,
        plan.alerts(),
        ShownScript.of(plan.steps().isEmpty() ? "" : planned.script()),
        null);
  }
}
