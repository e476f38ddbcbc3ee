package dev.edj.target;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// A target with everything below it, as it was when it was read.
public final class TargetMembers {

  private final TargetTree tree;

  TargetMembers(TargetTree tree) {
    this.tree = tree;
  }

  /// The servers that the target can lead to, by their names.
  public Set<String> servers() {
    return tree.included()
        .map(MemberStore.MemberRow::server)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  TargetTree tree() {
    return tree;
  }
}
