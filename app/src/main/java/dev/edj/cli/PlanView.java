package dev.edj.cli;

import dev.edj.dacpac.plan.Alert;
import dev.edj.dacpac.plan.DeploymentPlan;
import dev.edj.dacpac.plan.Operation;
import dev.edj.dacpac.plan.Step;
import java.util.ArrayList;
import java.util.List;

/// A deployment's plan as people read it.
final class PlanView {

  private PlanView() {}

  static List<String> lines(DeploymentPlan plan, boolean colours) {
    List<String> lines = new ArrayList<>();
    if (plan.changesNothing()) {
      lines.add(
          plan.steps().isEmpty() ? "Nothing differs." : "Nothing differs; only scripts would run.");
    } else if (plan.steps().stream().allMatch(step -> step.operations().isEmpty())) {
      lines.add("Nothing differs; keys of renames would be noted down.");
    } else {
      lines.add(table(plan).render(colours));
    }
    for (Alert alert : plan.alerts()) {
      lines.add("");
      lines.add(
          TextWidth.withoutControls(
              "%s: %s (%s)".formatted(alert.kind().title(), alert.message(), alert.object())));
    }
    return lines;
  }

  private static Table table(DeploymentPlan plan) {
    Table table = Table.of("OPERATION", "OBJECT", "TYPE");
    for (Step step : plan.steps()) {
      for (Operation operation : step.operations()) {
        table.row(
            operation.kind().title(),
            TextWidth.withoutControls(operation.object()),
            operation.type().element());
      }
    }
    return table;
  }
}
