package dev.edj.files;

import dev.edj.files.declaration.ChildDeclaration;
import dev.edj.files.declaration.TargetDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Which collections are in which. Used by one thread.
final class Nesting {

  private final Map<String, List<String>> members;
  private final Map<String, Integer> order = new LinkedHashMap<>();
  private final List<List<String>> circles = new ArrayList<>();

  /// @param members of each, by its name
  private Nesting(Map<String, List<String>> members) {
    this.members = members;
    members.keySet().forEach(name -> visit(name, new ArrayList<>()));
  }

  static Nesting declared(Map<String, TargetDeclaration> targets) {
    Map<String, List<String>> members = new LinkedHashMap<>();
    targets.forEach((name, target) ->
        members.put(
            name,
            Objects.requireNonNullElse(target.children(), List.<ChildDeclaration>of()).stream()
                .map(ChildDeclaration::target)
                .toList()));
    return new Nesting(members);
  }

  /// @param targets as the service has them
  static Nesting present(Collection<ObjectNode> targets) {
    Map<String, List<String>> members = new LinkedHashMap<>();
    targets.forEach(target ->
        members.put(
            target.get("name").asString(),
            target
                .path("children")
                .valueStream()
                .map(child -> child.get("target").asString())
                .toList()));
    return new Nesting(members);
  }

  /// Places by which members come before what they are in.
  Map<String, Integer> order() {
    return order;
  }

  /// Paths that lead back to where they begin.
  List<List<String>> circles() {
    return circles;
  }

  private void visit(String name, List<String> path) {
    List<String> inside = members.get(name);
    if (inside == null || order.containsKey(name)) {
      return;
    }
    if (path.contains(name)) {
      List<String> circle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
      circle.add(name);
      circles.add(circle);
      return;
    }
    path.add(name);
    inside.forEach(member -> visit(member, path));
    path.removeLast();
    order.put(name, order.size());
  }
}
