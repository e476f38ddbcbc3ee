package dev.edj.result;

import dev.edj.execution.Counts;
import dev.edj.result.Comparison.ComparedGroup;
import dev.edj.result.Comparison.ComparedStep;
import dev.edj.result.Comparison.Difference;
import dev.edj.result.ResultStore.StepRow;
import dev.edj.result.StepResults.Group;
import dev.edj.result.StepResults.Groups;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Compares the results of one step's children: by their digests which are the same, and of each
/// group one with one of the largest.
final class Comparing {

  private static final int MOST_GROUPS = 20;
  private static final int MOST_MEMBERS = 20;

  private final StepResults results;

  Comparing(StepResults results) {
    this.results = results;
  }

  ComparedStep compare(StepRow step, Counts children) throws Exception {
    Groups groups = results.groups(MOST_GROUPS, MOST_MEMBERS);
    List<ComparedGroup> compared = new ArrayList<>();
    for (Group group : groups.largest()) {
      compared.add(
          compared.isEmpty()
              ? compared(group, null)
              : compared(group, groups.largest().getFirst()));
    }
    return new ComparedStep(
        step.stepId(),
        step.step(),
        children,
        groups.children(),
        Math.max(0, children.succeeded() - groups.children()),
        groups.count(),
        compared);
  }

  /// @param largest what it is compared with; null if it is that itself
  private ComparedGroup compared(Group group, @Nullable Group largest) throws Exception {
    Difference difference =
        largest == null ? null : new RowDifference(results, first(group), first(largest)).find();
    return new ComparedGroup(group.size(), group.first(), group.rowCount(), difference);
  }

  private static UUID first(Group group) {
    return group.first().getFirst().executionId();
  }
}
