package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Element;
import dev.edj.dacpac.file.Element.Annotation;
import dev.edj.dacpac.file.Element.Entry;
import dev.edj.dacpac.file.Element.Inline;
import dev.edj.dacpac.file.Element.Property;
import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.Element.Unresolved;
import dev.edj.dacpac.file.Excerpt;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.interpret.ElementRule.Treatment;
import dev.edj.dacpac.interpret.Elements.Target;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An element while it is understood. It remembers what it was asked for; what nobody asked for and
/// no rule calls harmless is a finding in the end.
final class Reading {

  private static final String BUILT_IN = "BuiltIns";
  private static final String SECRET = "(?i).*(password|secret).*";

  private final Element element;
  private final ElementRule rule;
  private final Context context;
  private final String title;
  private final List<Reading> inner = new ArrayList<>();
  private final Map<Kind, Set<String>> read = new EnumMap<>(Kind.class);
  private boolean abandoned;

  Reading(Element element, ElementRule rule, Context context) {
    this(element, rule, context, element.title());
  }

  private Reading(Element element, ElementRule rule, Context context, String title) {
    this.element = element;
    this.rule = rule;
    this.context = context;
    this.title = title;
    for (Kind kind : Kind.values()) {
      read.put(kind, new HashSet<>());
    }
  }

  String title() {
    return title;
  }

  String type() {
    return element.type();
  }

  Context context() {
    return context;
  }

  /// Does something that may refuse, as a part of this reading: a refusal is a finding, and the
  /// rest goes on.
  void attempt(Attempt attempt) {
    try {
      attempt.perform();
    } catch (Refusal e) {
      refuse(e);
    }
  }

  /// Something that may refuse.
  interface Attempt {
    void perform() throws Refusal;
  }

  private void refuse(Refusal refusal) {
    abandoned = true;
    if (!isRefused()) {
      context.findings().add(title, String.valueOf(refusal.getMessage()));
    }
  }

  /// Whether it has a part that its rule refuses. What follows from that need not be told too.
  private boolean isRefused() {
    return element.properties().keySet().stream().anyMatch(name -> refuses(Kind.PROPERTY, name))
        || element.relationships().keySet().stream()
            .anyMatch(name -> refuses(Kind.RELATIONSHIP, name));
  }

  private boolean refuses(Kind kind, String name) {
    return rule.treatment(kind, name).orElse(null) instanceof Treatment.Refused;
  }

  /// The name, however many parts it has.
  Optional<ObjectName> findName() {
    return Optional.ofNullable(element.name()).map(context.variables()::in);
  }

  boolean hasName() {
    return element.name() != null;
  }

  /// The element's name, which is to have a number of parts.
  ObjectName name(int parts) throws Refusal {
    if (element.name() == null) {
      throw new Refusal("has no name");
    }
    ObjectName name = context.variables().in(element.name());
    if (name.parts().size() != parts || name.parts().contains("")) {
      throw new Refusal(
          "has a name of %d parts, where %d that are not empty are expected"
              .formatted(name.parts().size(), parts));
    }
    for (String part : name.parts()) {
      context.variables().in(part);
    }
    return name;
  }

  /// The name of what is part of something else, such as a column.
  String nameWithin(ObjectName owner) throws Refusal {
    ObjectName name = name(owner.parts().size() + 1);
    if (!context.elements().nameRule().same(name.owner(), owner)) {
      throw new Refusal("does not belong to %s by its name".formatted(owner));
    }
    return name.last();
  }

  boolean has(String property) {
    return element.properties().containsKey(property);
  }

  boolean flag(String property, boolean otherwise) throws Refusal {
    Optional<String> value = findText(property);
    if (value.isEmpty()) {
      return otherwise;
    }
    return switch (value.get()) {
      case "True", "true" -> true;
      case "False", "false" -> false;
      default ->
          throw new Refusal(
              "%s is '%s', and neither True nor False"
                  .formatted(property, Excerpt.of(value.get())));
    };
  }

  boolean flag(String property) throws Refusal {
    requireProperty(property);
    return flag(property, false);
  }

  Optional<Integer> findNumber(String property, int smallest, int largest) throws Refusal {
    Optional<String> value = findText(property);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().matches("-?\\d{1,10}")) {
      long number = Long.parseLong(value.get());
      if (number >= smallest && number <= largest) {
        return Optional.of((int) number);
      }
    }
    throw new Refusal(
        "%s is '%s', and no whole number from %d to %d"
            .formatted(property, Excerpt.of(value.get()), smallest, largest));
  }

  /// A number of any size, as of identities and sequences.
  Optional<BigDecimal> findDecimal(String property) throws Refusal {
    Optional<String> value = findText(property);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.get().matches("[+-]?\\d{1,38}")) {
      throw new Refusal(
          "%s is '%s', and no whole number".formatted(property, Excerpt.of(value.get())));
    }
    return Optional.of(new BigDecimal(value.get()));
  }

  String text(String property) throws Refusal {
    requireProperty(property);
    return findText(property).orElseThrow();
  }

  private void requireProperty(String property) throws Refusal {
    if (!has(property)) {
      throw new Refusal("the property %s is missing".formatted(property));
    }
  }

  /// A property's value, with the values of variables in it.
  Optional<String> findText(String property) throws Refusal {
    Optional<Property> found = findProperty(property);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(context.variables().in(value(property, found.get())));
  }

  /// A text of T-SQL as it stands in the file, variables and all.
  Property script(String property) throws Refusal {
    requireProperty(property);
    Property found = findProperty(property).orElseThrow();
    value(property, found);
    return found;
  }

  private Optional<Property> findProperty(String property) {
    markRead(Kind.PROPERTY, property);
    return Optional.ofNullable(element.properties().get(property));
  }

  private static String value(String name, Property property) throws Refusal {
    if (property.value() == null) {
      throw new Refusal("the property %s has no value".formatted(name));
    }
    return property.value();
  }

  boolean isAnnotated(String annotation) {
    markRead(Kind.ANNOTATION, annotation);
    return element.annotation(annotation).isPresent();
  }

  /// An annotation, to be read like an element within this one.
  Reading annotation(ElementRule of) throws Refusal {
    markRead(Kind.ANNOTATION, of.type());
    List<Annotation> found =
        element.annotations().stream().filter(a -> a.type().equals(of.type())).toList();
    if (found.size() != 1) {
      throw new Refusal("has %d annotations %s, not one".formatted(found.size(), of.type()));
    }
    return within(
        new Element(
            of.type(),
            null,
            null,
            found.getFirst().properties(),
            Map.of(),
            List.of(),
            element.line()),
        of);
  }

  /// The elements within a relationship, in their order; none where it is not there.
  ///
  /// @param rules of the types that may be among them
  List<Reading> inline(String relationship, ElementRule... rules) throws Refusal {
    List<Reading> found = new ArrayList<>();
    for (Entry entry : entries(relationship)) {
      if (!(entry instanceof Inline(Element within))) {
        throw new Refusal("%s holds what is no element".formatted(relationship));
      }
      ElementRule fitting =
          Arrays.stream(rules)
              .filter(candidate -> candidate.type().equals(within.type()))
              .findFirst()
              .orElseThrow(() ->
                  new Refusal(
                      "%s holds a %s, which is not supported there"
                          .formatted(relationship, within.type())));
      found.add(within(within, fitting));
    }
    return found;
  }

  /// The one element within a relationship.
  Reading onlyInline(String relationship, ElementRule... rules) throws Refusal {
    List<Reading> found = inline(relationship, rules);
    if (found.size() != 1) {
      throw countsWrong(relationship, found.size());
    }
    return found.getFirst();
  }

  private Reading within(Element within, ElementRule of) {
    String whose =
        within.name() == null
            ? "%s of %s".formatted(within.type(), title)
            : "%s %s".formatted(within.type(), within.name());
    Reading reading = new Reading(within, of, context, whose);
    inner.add(reading);
    return reading;
  }

  /// Whether its rule says that a relationship or property of this name is read.
  boolean reads(String name) {
    return rule.parts().stream()
        .anyMatch(part -> part.name().equals(name) && part.treatment() instanceof Treatment.Read);
  }

  boolean relates(String relationship) {
    return element.relationships().containsKey(relationship);
  }

  /// What the one reference of a relationship means, which is to be in this package.
  ///
  /// @param types of elements that it may be
  Target target(String relationship, String... types) throws Refusal {
    return target(relationship, reference(relationship), types);
  }

  /// What all references of a relationship mean, likewise.
  List<Target> targets(String relationship, String... types) throws Refusal {
    List<Target> found = new ArrayList<>();
    for (Entry entry : entries(relationship)) {
      found.add(target(relationship, asReference(relationship, entry), types));
    }
    return found;
  }

  private Target target(String relationship, Reference reference, String... types) throws Refusal {
    if (reference.source() != null) {
      throw new Refusal(
          "%s leads to %s of %s, where something of this package is expected"
              .formatted(relationship, reference.name(), reference.source()));
    }
    List<Target> found = existing(relationship, reference);
    return found.stream()
        .filter(target -> List.of(types).contains(target.type()))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                "%s leads to %s, which is a %s"
                    .formatted(relationship, reference.name(), found.getFirst().type())));
  }

  private List<Target> existing(String relationship, Reference reference) throws Refusal {
    List<Target> found = context.elements().find(reference);
    if (found.isEmpty()) {
      throw new Refusal(
          "%s leads to %s, which is not in the package"
              .formatted(
                  relationship,
                  reference.name() == null
                      ? "the number " + reference.disambiguator()
                      : reference.name()));
    }
    return found;
  }

  /// The last part of the name of what a relationship leads to, be it in this package or built in.
  Optional<String> findPlainName(String relationship, String... types) throws Refusal {
    if (!relates(relationship)) {
      markRead(Kind.RELATIONSHIP, relationship);
      return Optional.empty();
    }
    return Optional.of(plainName(relationship, types));
  }

  String plainName(String relationship, String... types) throws Refusal {
    Reference reference = reference(relationship);
    ObjectName name =
        isBuiltIn(reference) ? reference.name() : target(relationship, reference, types).name();
    if (name == null || name.parts().size() != 1) {
      throw new Refusal("%s leads to what has no plain name".formatted(relationship));
    }
    return name.last();
  }

  /// The one reference of a relationship.
  Reference reference(String relationship) throws Refusal {
    List<Entry> entries = entries(relationship);
    if (entries.size() != 1) {
      throw countsWrong(relationship, entries.size());
    }
    return asReference(relationship, entries.getFirst());
  }

  static boolean isBuiltIn(Reference reference) {
    return BUILT_IN.equals(reference.source());
  }

  /// The names of everything in this package that a text speaks of.
  Set<ObjectName> dependencies(String relationship) throws Refusal {
    Set<ObjectName> names = new LinkedHashSet<>();
    for (Entry entry : entries(relationship)) {
      switch (entry) {
        case Unresolved() -> {
          // Its makers did not find it either.
        }
        case Inline(Element within) ->
            throw new Refusal("%s holds a %s".formatted(relationship, within.type()));
        case Reference reference when reference.source() != null -> {
          // Built in, or in another database.
        }
        case Reference reference -> addNames(existing(relationship, reference), names);
      }
    }
    return names;
  }

  /// Likewise, without what is within the object whose text it is, such as its parameters.
  Set<ObjectName> dependenciesBeyond(ObjectName self, String relationship) throws Refusal {
    Set<ObjectName> names = dependencies(relationship);
    names.removeIf(name -> isWithin(name, self));
    return names;
  }

  private static void addNames(List<Target> targets, Set<ObjectName> names) {
    for (Target target : targets) {
      ObjectName name = target.name();
      if (name != null) {
        names.add(withoutParameter(name));
      }
    }
  }

  /// Who needs a parameter needs what it is a parameter of.
  private static ObjectName withoutParameter(ObjectName name) {
    return name.parts().size() == 3 && name.last().startsWith("@") ? name.owner() : name;
  }

  private boolean isWithin(ObjectName name, ObjectName outer) {
    return context.elements().nameRule().isWithin(name, outer);
  }

  List<Entry> entries(String relationship) {
    markRead(Kind.RELATIONSHIP, relationship);
    return element.relationships().getOrDefault(relationship, List.of());
  }

  private static Reference asReference(String relationship, Entry entry) throws Refusal {
    if (entry instanceof Reference reference) {
      return reference;
    }
    throw new Refusal("%s holds what is no reference".formatted(relationship));
  }

  private Refusal countsWrong(String relationship, int count) {
    return new Refusal(
        relates(relationship)
            ? "%s leads to %d things, not to one".formatted(relationship, count)
            : "the relationship %s is missing".formatted(relationship));
  }

  private void markRead(Kind kind, String name) {
    if (!(rule.treatment(kind, name).orElse(null) instanceof Treatment.Read)) {
      throw new IllegalStateException(
          "the rule of %s does not say that its %s %s is read"
              .formatted(rule.type(), kind.singular(), name));
    }
    read.getOrDefault(kind, Set.of()).add(name);
  }

  /// Ends the reading: what is left over becomes findings.
  void end() {
    end(false);
  }

  private void end(boolean outerAbandoned) {
    abandoned = abandoned || outerAbandoned;
    element.properties().forEach((name, property) -> end(Kind.PROPERTY, name, shown(property)));
    element.relationships().keySet().forEach(name -> end(Kind.RELATIONSHIP, name, ""));
    element.annotations().forEach(annotation -> end(Kind.ANNOTATION, annotation.type(), ""));
    inner.forEach(reading -> reading.end(abandoned));
  }

  private static String shown(Property property) {
    return property.value() == null || property.script() ? "" : property.value();
  }

  private void end(Kind kind, String name, String value) {
    switch (rule.treatment(kind, name).orElse(null)) {
      case null -> leftOver(kind, name, value, "is not handled");
      case Treatment.Refused(String reason) ->
          leftOver(kind, name, value, "is not supported: " + reason);
      case Treatment.HarmlessAs(String harmless, String reason) when !value.equals(harmless) ->
          leftOver(kind, name, value, "is handled only as " + harmless);
      case Treatment.HarmlessAs harmless -> {}
      case Treatment.Harmless harmless -> {}
      case Treatment.Read() -> {
        if (!abandoned && !read.getOrDefault(kind, Set.of()).contains(name)) {
          leftOver(kind, name, value, "has no meaning here");
        }
      }
    }
  }

  private void leftOver(Kind kind, String name, String value, String fault) {
    boolean mayBeShown = !value.isEmpty() && !name.matches(SECRET);
    String what = mayBeShown ? name + "=" + Excerpt.of(value) : Excerpt.of(name);
    context.findings().add(title, "the %s %s %s".formatted(kind.singular(), what, fault));
  }
}
