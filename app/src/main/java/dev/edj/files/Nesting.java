package dev.edj.files;

import dev.edj.files.declaration.TargetDeclaration;
import dev.edj.files.source.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which collections are in which, as the files have it. Used by one thread.
final class Nesting {

  private final Map<String, Declared<TargetDeclaration>> targets = new HashMap<>();
  private final Map<String, Integer> order = new LinkedHashMap<>();
  private final List<Circle> circles = new ArrayList<>();

  record Circle(Declared<TargetDeclaration> declared, List<String> path) {}

  @SuppressWarnings("unchecked") // Targets are declared as such.
  Nesting(Map<String, ? extends Declared<?>> declared) {
    declared.forEach((name, one) -> targets.put(name, (Declared<TargetDeclaration>) one));
    declared.keySet().forEach(name -> visit(name, new ArrayList<>()));
  }

  Map<String, Integer> order() {
    return order;
  }

  List<Circle> circles() {
    return circles;
  }

  private void visit(String name, List<String> path) {
    Declared<TargetDeclaration> target = targets.get(name);
    if (target == null || order.containsKey(name)) {
      return;
    }
    if (path.contains(name)) {
      List<String> circle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
      circle.add(name);
      circles.add(new Circle(target, circle));
      return;
    }
    path.add(name);
    if (target.value().children() != null) {
      target.value().children().forEach(child -> visit(child.target(), path));
    }
    path.removeLast();
    order.put(name, order.size());
  }
}
