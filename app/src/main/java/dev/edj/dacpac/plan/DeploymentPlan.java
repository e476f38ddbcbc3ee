package dev.edj.dacpac.plan;

import java.util.ArrayList;
import java.util.List;

/// What a deployment will do, in the order in which it will.
///
/// @param steps none where the database is what the package describes, scripts aside
/// @param alerts what somebody should know before it is done
public record DeploymentPlan(List<Step> steps, List<Alert> alerts) {

  public DeploymentPlan {
    steps = List.copyOf(steps);
    alerts = List.copyOf(alerts);
  }

  /// The same, with what else somebody should know.
  public DeploymentPlan with(List<Alert> more) {
    List<Alert> all = new ArrayList<>(alerts);
    all.addAll(more);
    return new DeploymentPlan(steps, all);
  }

  /// Whether the database is what the package describes. Scripts before and after run all the same.
  public boolean changesNothing() {
    return steps.stream().allMatch(step -> step.phase().isScript());
  }
}
