package dev.edj.dacpac.interpret;

import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.interpret.ElementRule.Part;
import dev.edj.dacpac.interpret.ElementRule.Treatment;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is understood of packages, element by element, for people:
/// docs/reference/dacpac-elements.md. It is made from the declarations by which packages are read.
public final class Coverage {

  /// Elements that are there for their owners alone.
  private static final List<ElementRule> WITHIN =
      List.of(
          Columns.SIMPLE,
          Columns.COMPUTED,
          Columns.OF_TYPE,
          Columns.COMPUTED_OF_TYPE,
          DataTypes.TYPE,
          DataTypes.XML_TYPE,
          KeyColumns.COLUMN,
          KeyColumns.COLUMN_OF_TYPE,
          TableTypes.PRIMARY_KEY,
          TableTypes.UNIQUE,
          TableTypes.CHECK,
          TableTypes.DEFAULT,
          Modules.IMPLEMENTATION,
          ModuleText.HEADER,
          Modules.PARAMETER,
          Modules.ITS_TYPE,
          Modules.ITS_XML_TYPE,
          Modules.RESULT_COLUMN,
          Modules.RESULT_COMPUTED);

  private Coverage() {}

  /// The whole page.
  public static String markdown() {
    return """
    # Elements of data-tier packages

    What a deployment understands of a package's `model.xml`, element by element. This page is made from the code; a test keeps
    it up to date. [dacpac.md](dacpac.md) says how packages are deployed.

    * **Read**: it is part of what is deployed.
    * **Harmless**: it changes nothing in a database, for the reason given.
    * **Refused**: it is known and not supported.
    * **Everything else**, an element, property, relationship or annotation that is not on this page, is refused too.

    A package with anything that is refused is not deployed, and the message lists all of it. Whole types of elements can be
    left out with the publish option `ExcludeObjectTypes`.

    ## Objects

    %s
    ## Within objects

    %s
    ## Permissions

    | permission | number in the package |
    |---|---|
    %s

    ## Elements that are refused

    | element | what it is | left out with `ExcludeObjectTypes=` |
    |---|---|---|
    %s
    """
        .formatted(sections(objects()), sections(WITHIN.stream()), permissions(), refused());
  }

  static List<ElementRule> rules() {
    return Stream.concat(objects(), WITHIN.stream()).toList();
  }

  private static Stream<ElementRule> objects() {
    return Stream.concat(
        Stream.of(Interpreter.OPTIONS), Interpreter.HANDLED.stream().map(Handled::rule));
  }

  private static String sections(Stream<ElementRule> rules) {
    return rules.map(Coverage::section).collect(Collectors.joining("\n"));
  }

  private static String section(ElementRule rule) {
    return "### `%s`: %s\n\n%s".formatted(rule.type(), rule.title(), lines(rule));
  }

  private static String lines(ElementRule rule) {
    String read = names(rule, Treatment.Read.class::isInstance);
    String others =
        rule.parts().stream()
            .map(Part::treatment)
            .filter(treatment -> !(treatment instanceof Treatment.Read))
            .distinct()
            .map(treatment -> line(rule, treatment))
            .collect(Collectors.joining());
    return (read.isEmpty() ? "" : "* Read: %s\n".formatted(read)) + others;
  }

  private static String line(ElementRule rule, Treatment treatment) {
    String names = names(rule, treatment::equals);
    return switch (treatment) {
      case Treatment.Read() -> "";
      case Treatment.Harmless(String reason) -> "* Harmless: %s: %s\n".formatted(names, reason);
      case Treatment.HarmlessAs(String value, String reason) ->
          "* Harmless as `%s`: %s: %s\n".formatted(value, names, reason);
      case Treatment.Refused(String reason) -> "* Refused: %s: %s\n".formatted(names, reason);
    };
  }

  /// Such as: properties `A`, `B`; relationship `C`.
  private static String names(ElementRule rule, Predicate<Treatment> which) {
    return Stream.of(Kind.values())
        .map(kind -> names(rule, kind, which))
        .filter(names -> !names.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String names(ElementRule rule, Kind kind, Predicate<Treatment> which) {
    List<String> names =
        rule.parts().stream()
            .filter(part -> part.kind() == kind && which.test(part.treatment()))
            .map(Part::name)
            .toList();
    if (names.isEmpty()) {
      return "";
    }
    return names.contains(ElementRule.ANY)
        ? "all other " + kind.plural()
        : names.stream()
            .map("`%s`"::formatted)
            .collect(
                Collectors.joining(
                    ", ", (names.size() == 1 ? kind.singular() : kind.plural()) + " ", ""));
  }

  private static String permissions() {
    Stream<String> numbered =
        Permissions.NUMBERS.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(entry ->
                "| `%s` | %d |".formatted(Permissions.written(entry.getKey()), entry.getValue()));
    Stream<String> worded =
        Permissions.WORDS.stream()
            .map(word -> "| `%s` | any that is not above |".formatted(Permissions.written(word)));
    return Stream.concat(numbered, worded).collect(Collectors.joining("\n"));
  }

  private static String refused() {
    return Unsupported.titles().entrySet().stream()
        .map(entry ->
            "| `%s` | %s | %s |"
                .formatted(
                    entry.getKey(),
                    entry.getValue(),
                    Unsupported.exclusion(entry.getKey()).map("`%s`"::formatted).orElse("")))
        .collect(Collectors.joining("\n"));
  }
}
