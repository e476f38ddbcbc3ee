package dev.edj.target;

import dev.edj.target.MemberStore.MemberRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// A target with everything below it.
///
/// @param children by their collection's id
record TargetTree(MemberRow root, Map<UUID, List<MemberRow>> children) {

  static TargetTree of(List<MemberRow> members) {
    Map<UUID, List<MemberRow>> children = new HashMap<>();
    for (MemberRow member : members) {
      if (member.parentId() != null) {
        children.computeIfAbsent(member.parentId(), id -> new ArrayList<>()).add(member);
      }
    }
    MemberRow root =
        members.stream().filter(member -> member.parentId() == null).findFirst().orElseThrow();
    return new TargetTree(root, children);
  }

  List<MemberRow> childrenOf(MemberRow collection) {
    return children.getOrDefault(collection.targetId(), List.of());
  }

  /// The root, and what it includes at any depth; what several collections include comes as often.
  Stream<MemberRow> included() {
    Set<UUID> seen = new HashSet<>(Set.of(root.targetId()));
    Stream.Builder<List<MemberRow>> found = Stream.builder();
    found.add(List.of(root));
    Deque<MemberRow> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      List<MemberRow> below = childrenOf(open.pop());
      found.add(below);
      below.stream()
          .filter(child -> child.membership() == Membership.Include)
          .filter(child -> child.kind() == TargetKind.CustomCollection)
          .filter(child -> seen.add(child.targetId()))
          .forEach(open::push);
    }
    return found
        .build()
        .flatMap(List::stream)
        .filter(member -> member.membership() == Membership.Include);
  }

  /// Whether any member carries values.
  boolean carriesValues() {
    return children.values().stream()
        .flatMap(List::stream)
        .anyMatch(member -> member.parameters() != null);
  }

  /// Every target of these kinds, each once, however many collections it is in.
  List<MemberRow> all(Set<TargetKind> kinds) {
    Map<UUID, MemberRow> found = new HashMap<>();
    Stream.concat(Stream.of(root), children.values().stream().flatMap(List::stream))
        .filter(member -> kinds.contains(member.kind()))
        .forEach(member -> found.putIfAbsent(member.targetId(), member));
    return List.copyOf(found.values());
  }
}
