package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Element;
import dev.edj.dacpac.file.Element.Entry;
import dev.edj.dacpac.file.Element.Inline;
import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.NameRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every element of a model by its name and its number, so that references find what they mean.
final class Elements {

  /// One element that others can refer to.
  ///
  /// @param name with the values of variables in it
  /// @param top the element of the model that it is, or is within
  record Target(@Nullable ObjectName name, Element element, Element top) {

    String type() {
      return element.type();
    }
  }

  private final Map<ObjectName, List<Target>> byName = new HashMap<>();
  private final Map<Integer, List<Target>> byNumber = new HashMap<>();
  private final Set<ObjectName> keyed = new HashSet<>();
  private final NameRule nameRule;
  private final Variables variables;

  Elements(List<Element> elements, NameRule nameRule, Variables variables) {
    this.nameRule = nameRule;
    this.variables = variables;
    elements.forEach(element -> add(element, element));
  }

  private void add(Element element, Element top) {
    ObjectName name = element.name() == null ? null : variables.in(element.name());
    Target target = new Target(name, element, top);
    if (name != null) {
      byName.computeIfAbsent(nameRule.key(name), key -> new ArrayList<>()).add(target);
    }
    if (element.disambiguator() != null) {
      byNumber.computeIfAbsent(element.disambiguator(), key -> new ArrayList<>()).add(target);
    }
    if (element.type().endsWith("PrimaryKeyConstraint")) {
      addKeyed(element);
    }
    element.relationships().values().stream()
        .flatMap(List::stream)
        .filter(Inline.class::isInstance)
        .forEach(entry -> add(((Inline) entry).element(), top));
  }

  /// Takes every name within a key's columns; whether they are well-formed is looked at elsewhere.
  private void addKeyed(Element element) {
    List<Entry> entries = element.relationships().values().stream().flatMap(List::stream).toList();
    for (Entry entry : entries) {
      if (entry instanceof Inline(Element column)) {
        addKeyed(column);
      } else if (entry instanceof Reference reference && reference.name() != null) {
        keyed.add(nameRule.key(variables.in(reference.name())));
      }
    }
  }

  /// Finds what a reference means.
  ///
  /// @param reference to something in this model
  /// @return none where it leads nowhere; several where two things have one name
  List<Target> find(Reference reference) {
    if (reference.name() == null) {
      return reference.disambiguator() == null
          ? List.of()
          : byNumber.getOrDefault(reference.disambiguator(), List.of());
    }
    List<Target> named = find(variables.in(reference.name()));
    List<Target> numbered =
        named.stream()
            .filter(target ->
                reference.disambiguator() != null
                    && reference.disambiguator().equals(target.element().disambiguator()))
            .toList();
    return numbered.isEmpty() ? named : numbered;
  }

  List<Target> find(ObjectName name) {
    return byName.getOrDefault(nameRule.key(name), List.of());
  }

  boolean isInPrimaryKey(ObjectName column) {
    return keyed.contains(nameRule.key(column));
  }

  NameRule nameRule() {
    return nameRule;
  }
}
