package dev.edj.files;

import dev.edj.files.declaration.Kind;
import java.util.List;
import java.util.Map;

/// What is to be done so that the service has what the files declare.
///
/// @param steps in the order in which they can be done
/// @param undeclared names of what the service has and no file does, by their kinds
public record Plan(List<PlannedStep> steps, Map<Kind, List<String>> undeclared) {

  public boolean changesNothing() {
    return steps.isEmpty();
  }

  public long count(PlannedStep.Action action) {
    return steps.stream().filter(step -> step.action() == action).count();
  }

  /// Whether the other would do the same to the same.
  public boolean equalsIn(Plan other) {
    return steps.stream()
        .map(PlannedStep::summary)
        .toList()
        .equals(other.steps.stream().map(PlannedStep::summary).toList());
  }
}
