package dev.edj.dacpac.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.Element;
import dev.edj.dacpac.file.Element.Annotation;
import dev.edj.dacpac.file.Element.Entry;
import dev.edj.dacpac.file.Element.Inline;
import dev.edj.dacpac.file.Element.Property;
import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.Element.Unresolved;
import dev.edj.dacpac.file.Model;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.plan.PublishOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Real models with one thing or a few changed by chance: each is understood or refused, and
/// nothing else ever happens.
class MutationTest {

  private static final int ROUNDS = 1_000;
  private static final int LARGEST = 250;
  private static final long SEED = 20_261_123;

  private static final List<String> VALUES =
      List.of(
          "",
          "True",
          "maybe",
          "0",
          "-1",
          "99999999999999999999",
          "]",
          "[",
          "it's",
          "\u0000é😀",
          "$(x)",
          "$(DatabaseName)",
          "[a].[b]");

  private static final List<ObjectName> NAMES =
      List.of(
          ObjectName.of(""),
          ObjectName.of("a"),
          ObjectName.of("dbo", "x]y"),
          ObjectName.of("dbo", "it's", "é😀"),
          ObjectName.of("a", "b", "c", "d", "e"),
          ObjectName.of("$(DatabaseName)", "$(x)"));

  private final Random random = new Random(SEED);
  private final PublishOptions withoutLogins =
      new PublishOptions(Map.of(), Set.of("SqlLogin"), Set.of(), Map.of());

  @Test
  void aChangedModelIsUnderstoodOrRefused() throws IOException, DacpacException {
    List<Model> models = new ArrayList<>();
    for (Path file : RealPackages.files()) {
      Model model = RealPackages.model(file);
      if (model.elements().size() <= LARGEST) {
        models.add(model);
      }
    }
    int understood = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Model model = models.get(random.nextInt(models.size()));
      for (int change = random.nextInt(3); change >= 0; change--) {
        model = changed(model);
      }
      understood += isUnderstood(model, round) ? 1 : 0;
    }
    assertThat(understood).isBetween(ROUNDS / 100, ROUNDS * 9 / 10);
  }

  private boolean isUnderstood(Model model, int round) {
    try {
      return Interpreter.read(model, withoutLogins).database().objects().stream()
          .allMatch(object -> !object.references().contains(NAMES.getFirst()));
    } catch (DacpacException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("round " + round, e);
    }
  }

  private Model changed(Model model) {
    List<Element> elements = new ArrayList<>(model.elements());
    if (elements.isEmpty()) {
      return model;
    }
    int at = random.nextInt(elements.size());
    switch (random.nextInt(10)) {
      case 0 -> elements.remove(at);
      case 1 -> elements.add(elements.get(at));
      default -> elements.set(at, changed(elements.get(at)));
    }
    return new Model(
        model.schemaVersion(), model.provider(), random.nextInt(20) == 0, model.header(), elements);
  }

  /// Changes an element, or with some luck one within it.
  private Element changed(Element element) {
    Map<String, List<Entry>> relationships = new LinkedHashMap<>(element.relationships());
    if (!relationships.isEmpty() && random.nextInt(4) > 0) {
      change(relationships, this::changed);
      return with(
          element,
          element.type(),
          element.name(),
          element.properties(),
          relationships,
          element.annotations());
    }
    Map<String, Property> properties = new LinkedHashMap<>(element.properties());
    List<Annotation> annotations = new ArrayList<>(element.annotations());
    String type = element.type();
    ObjectName name = element.name();
    switch (random.nextInt(6)) {
      case 0 -> name = random.nextBoolean() ? null : any(NAMES);
      case 1 -> type = any(List.of("SqlSurprise", "SqlTable", "SqlView", "SqlIndex", "SqlUser"));
      case 2 -> properties.put("Surprise", new Property(any(VALUES), false, null, null));
      case 3 -> {
        if (!annotations.isEmpty()) {
          annotations.set(0, changed(annotations.getFirst()));
        }
      }
      default ->
          change(
              properties,
              property ->
                  new Property(
                      random.nextInt(5) == 0 ? null : any(VALUES), property.script(), null, null));
    }
    return with(element, type, name, properties, relationships, annotations);
  }

  private Annotation changed(Annotation annotation) {
    Map<String, Property> properties = new LinkedHashMap<>(annotation.properties());
    change(properties, property -> new Property(any(VALUES), false, null, null));
    return new Annotation(annotation.type(), properties);
  }

  private List<Entry> changed(List<Entry> entries) {
    List<Entry> changed = new ArrayList<>(entries);
    if (changed.isEmpty()) {
      changed.add(new Unresolved());
      return changed;
    }
    int at = random.nextInt(changed.size());
    switch (random.nextInt(8)) {
      case 0 -> changed.remove(at);
      case 1 -> changed.add(changed.get(at));
      case 2 -> changed.set(at, new Unresolved());
      default -> changed.set(at, changed(changed.get(at)));
    }
    return changed;
  }

  private Entry changed(Entry entry) {
    return switch (entry) {
      case Inline(Element within) -> new Inline(changed(within));
      case Unresolved() -> new Reference(any(NAMES), null, null);
      case Reference reference ->
          switch (random.nextInt(3)) {
            case 0 -> new Reference(any(NAMES), reference.source(), null);
            case 1 ->
                new Reference(reference.name(), any(List.of("BuiltIns", "other.dacpac")), null);
            default -> new Reference(null, null, random.nextInt(30));
          };
    };
  }

  /// Drops, renames or changes one entry of a map.
  private <T> void change(Map<String, T> parts, UnaryOperator<T> change) {
    if (parts.isEmpty()) {
      return;
    }
    String key = any(List.copyOf(parts.keySet()));
    T part = parts.remove(key);
    if (part == null) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        // Dropped.
      }
      case 1 -> parts.put("Surprise", part);
      default -> parts.put(key, change.apply(part));
    }
  }

  private static Element with(
      Element element,
      String type,
      @Nullable ObjectName name,
      Map<String, Property> properties,
      Map<String, List<Entry>> relationships,
      List<Annotation> annotations) {
    return new Element(
        type,
        name,
        element.disambiguator(),
        properties,
        relationships,
        annotations,
        element.line());
  }

  private <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
