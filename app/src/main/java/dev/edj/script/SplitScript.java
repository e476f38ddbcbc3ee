package dev.edj.script;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A script cut into batches, in the order in which they run.
public record SplitScript(List<Batch> batches) {

  public SplitScript {
    batches = List.copyOf(batches);
  }

  /// The variables that no `:setvar` defines where they are used, that are not built in, and that
  /// are not among `defined`. Names ignore case.
  public Set<String> undefinedVariables(Set<String> defined) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(defined);
    known.add(Variables.DOLLAR);
    Set<String> undefined = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Batch batch : batches) {
      for (VariableReference reference : batch.references()) {
        String name = reference.name();
        if (!known.contains(name) && !batch.definitions().containsKey(name)) {
          undefined.add(name);
        }
      }
    }
    return Collections.unmodifiableSet(undefined);
  }
}
