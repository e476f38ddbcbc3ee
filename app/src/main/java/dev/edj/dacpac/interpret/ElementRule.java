package dev.edj.dacpac.interpret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What an element of one type may hold, and what becomes of it.
///
/// @param type such as `SqlTable`
/// @param title for people: `a table`
record ElementRule(String type, String title, List<Part> parts) {

  /// Stands for every name of a kind that no other rule speaks of.
  static final String ANY = "*";

  ElementRule {
    parts = List.copyOf(parts);
  }

  /// What an element is made of.
  enum Kind {
    PROPERTY("property", "properties"),
    RELATIONSHIP("relationship", "relationships"),
    ANNOTATION("annotation", "annotations");

    private final String singular;
    private final String plural;

    Kind(String singular, String plural) {
      this.singular = singular;
      this.plural = plural;
    }

    String singular() {
      return singular;
    }

    String plural() {
      return plural;
    }
  }

  /// One property, relationship or annotation.
  record Part(Kind kind, String name, Treatment treatment) {}

  /// What becomes of a part.
  sealed interface Treatment {

    /// It is understood; the code beside the rule reads it.
    record Read() implements Treatment {}

    /// It changes nothing in a database.
    record Harmless(String reason) implements Treatment {}

    /// It changes nothing in a database as long as it has this value.
    record HarmlessAs(String value, String reason) implements Treatment {}

    /// It is known, and not supported.
    record Refused(String reason) implements Treatment {}
  }

  static ElementRule of(String type, String title) {
    return new ElementRule(type, title, List.of());
  }

  ElementRule properties(String... names) {
    return with(Kind.PROPERTY, new Treatment.Read(), names);
  }

  ElementRule relationships(String... names) {
    return with(Kind.RELATIONSHIP, new Treatment.Read(), names);
  }

  ElementRule annotations(String... names) {
    return with(Kind.ANNOTATION, new Treatment.Read(), names);
  }

  ElementRule harmless(Kind kind, String reason, String... names) {
    return with(kind, new Treatment.Harmless(reason), names);
  }

  ElementRule harmlessAs(String property, String value, String reason) {
    return with(Kind.PROPERTY, new Treatment.HarmlessAs(value, reason), property);
  }

  ElementRule refused(Kind kind, String reason, String... names) {
    return with(kind, new Treatment.Refused(reason), names);
  }

  private ElementRule with(Kind kind, Treatment treatment, String... names) {
    List<Part> more = new ArrayList<>(parts);
    Arrays.stream(names).forEach(name -> more.add(new Part(kind, name, treatment)));
    return new ElementRule(type, title, more);
  }

  /// What is to be done with a part of this name; none where nobody has thought of it.
  Optional<Treatment> treatment(Kind kind, String name) {
    return find(kind, name).or(() -> find(kind, ANY));
  }

  private Optional<Treatment> find(Kind kind, String name) {
    return parts.stream()
        .filter(part -> part.kind() == kind && part.name().equals(name))
        .map(Part::treatment)
        .findFirst();
  }
}
