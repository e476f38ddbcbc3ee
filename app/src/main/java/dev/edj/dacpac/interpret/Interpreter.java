package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.Element;
import dev.edj.dacpac.file.Element.Entry;
import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.Model;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.interpret.Elements.Target;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.plan.PublishOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Understands a package's model, or refuses it with everything that it does not understand.
public final class Interpreter {

  static final ElementRule OPTIONS =
      ElementRule.of("SqlDatabaseOptions", "the database and its options")
          .properties("Collation")
          .harmless(
              Kind.PROPERTY,
              "options of the database are not deployed (ScriptDatabaseOptions=False)",
              ElementRule.ANY)
          .harmless(
              Kind.RELATIONSHIP,
              "options of the database are not deployed (ScriptDatabaseOptions=False)",
              ElementRule.ANY)
          .harmless(Kind.ANNOTATION, Reasons.OF_THE_MOMENT, "OnlinePropertyAnnotation");

  static final List<Handled> HANDLED =
      Stream.of(
              Principals.HANDLED,
              Permissions.HANDLED,
              Types.HANDLED,
              TableTypes.HANDLED,
              Sequences.HANDLED,
              Synonyms.HANDLED,
              Tables.HANDLED,
              Constraints.HANDLED,
              Indexes.HANDLED,
              Modules.HANDLED,
              ExtendedProperties.HANDLED)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Handled> BY_TYPE =
      HANDLED.stream()
          .collect(Collectors.toMap(handled -> handled.rule().type(), Function.identity()));

  /// By what an element belongs to another, without which it cannot be.
  private static final List<String> BELONGING =
      List.of("DefiningTable", "IndexedObject", "Parent", ExtendedProperties.HOST);

  private final Context context;

  private Interpreter(Context context) {
    this.context = context;
  }

  /// Reads a whole model.
  ///
  /// @throws DacpacException when the package holds anything that is not understood, or a variable
  ///   has no value; the message lists it
  public static Interpretation read(Model model, PublishOptions options) throws DacpacException {
    Variables variables = Variables.of(model.variables(), options.variables());
    NameRule nameRule =
        model.collationCaseSensitive() ? NameRule.CASE_SENSITIVE : NameRule.CASE_INSENSITIVE;
    Context context =
        new Context(
            new Elements(model.elements(), nameRule, variables),
            variables,
            new Findings(),
            options,
            new ArrayList<>());
    return new Interpreter(context).read(model);
  }

  private Interpretation read(Model model) throws DacpacException {
    String collation = collation(model);
    List<DatabaseObject> objects = new ArrayList<>();
    for (Element element : model.elements()) {
      if (!element.type().equals(OPTIONS.type()) && !isLeftAlone(element)) {
        read(element, objects);
      }
    }
    new Uniqueness(context).check(objects);
    context.findings().refuse();
    return new Interpretation(
        new Database(collation, model.collationCaseSensitive(), objects, Set.of()),
        context.leftAlone());
  }

  private String collation(Model model) {
    List<Element> options =
        model.elements().stream().filter(element -> element.type().equals(OPTIONS.type())).toList();
    if (options.size() != 1) {
      context
          .findings()
          .add("the model", "has %d %s, not one".formatted(options.size(), OPTIONS.type()));
      return "";
    }
    List<String> collation = new ArrayList<>();
    Reading reading = new Reading(options.getFirst(), OPTIONS, context);
    reading.attempt(() -> collation.add(reading.text("Collation")));
    reading.end();
    return collation.isEmpty() ? "" : collation.getFirst();
  }

  private boolean isLeftAlone(Element element) {
    if (context.options().excludesElement(element.type())) {
      context.leaveAlone(element.title());
      return true;
    }
    Optional<Target> owner = excludedOwner(element);
    owner.ifPresent(target ->
        context.leaveAlone("%s, with %s".formatted(element.title(), target.top().title())));
    return owner.isPresent();
  }

  /// What an element belongs to, if that is left out.
  private Optional<Target> excludedOwner(Element element) {
    for (String relationship : BELONGING) {
      for (Entry entry : element.relationships().getOrDefault(relationship, List.of())) {
        if (entry instanceof Reference reference && reference.source() == null) {
          Optional<Target> excluded =
              context.elements().find(reference).stream()
                  .filter(target -> context.options().excludesElement(target.top().type()))
                  .findFirst();
          if (excluded.isPresent()) {
            return excluded;
          }
        }
      }
    }
    return Optional.empty();
  }

  private void read(Element element, List<DatabaseObject> objects) {
    Handled handled = BY_TYPE.get(element.type());
    if (handled == null) {
      context.findings().add(element.title(), Unsupported.fault(element.type()));
      return;
    }
    Reading reading = new Reading(element, handled.rule(), context);
    reading.attempt(() -> objects.add(handled.maker().make(reading)));
    reading.end();
  }
}
