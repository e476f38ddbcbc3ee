package dev.edj.files.source;

import dev.edj.problem.EdjException;
import dev.edj.text.Durations;
import dev.edj.text.Spelling;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Makes records of one file's nodes, as the types of their components say: a text is a text,
/// whatever it looks like, so that nobody has to know which words YAML takes for numbers. What does
/// not fit is one of the faults, and what is around it is looked at all the same. Used by one
/// thread.
final class Binder {

  /// Aliases make many of few: what is more than this is not meant.
  private static final int MOST_VALUES = 1_000_000;

  private static final String MISSING = "must be given";
  private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

  private final Path file;
  private final Faults faults;
  private final Map<Class<?>, Shape> shapes = new HashMap<>();
  private int values;

  Binder(Path file, Faults faults) {
    this.file = file;
    this.faults = faults;
  }

  /// An object of a list; empty when it cannot be made.
  <T extends Record> Optional<Declared<T>> bind(Class<T> type, Node node) {
    Map<String, Place> places = new LinkedHashMap<>();
    Object value = new Binding(places).value(type, node, "");
    return type.isInstance(value)
        ? Optional.of(new Declared<>(type.cast(value), places))
        : Optional.empty();
  }

  /// The keys of a mapping with their nodes; keys that are there twice are a fault.
  Map<String, NodeTuple> entries(MappingNode mapping) {
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        faults.add(place(entry.getKeyNode()), "a field's name is a word");
        continue;
      }
      NodeTuple before = entries.putIfAbsent(key.getValue(), entry);
      if (before != null) {
        faults.add(
            place(key),
            "'%s' is there already, in line %d"
                .formatted(key.getValue(), place(before.getKeyNode()).line()));
      }
    }
    return entries;
  }

  Place place(Node node) {
    return Place.of(file, node);
  }

  /// Marks what could not be made; whoever gets it has nothing to add.
  private enum Unusable {
    VALUE
  }

  /// What a record is made of. Asking the class takes long, and a list has as many as it has
  /// values.
  private record Shape(List<Component> components, List<String> names, Constructor<?> constructor) {

    static Shape of(Class<?> type) {
      RecordComponent[] declared = type.getRecordComponents();
      List<Component> components = Arrays.stream(declared).map(Component::of).toList();
      Class<?>[] types =
          Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return new Shape(
            components, components.stream().map(Component::name).toList(), constructor);
      } catch (NoSuchMethodException e) {
        throw new LinkageError("a record that cannot be made: " + type, e);
      }
    }
  }

  private record Component(
      String name, Type type, boolean mayBeMissing, boolean valuesMayBeMissing) {

    static Component of(RecordComponent component) {
      return new Component(
          component.getName(),
          component.getGenericType(),
          Omissions.mayBeMissing(component),
          Omissions.valuesMayBeMissing(component));
    }
  }

  /// The binding of one object.
  private final class Binding {

    private final Map<String, Place> places;

    Binding(Map<String, Place> places) {
      this.places = places;
    }

    @Nullable Object value(Type type, Node node, String path) {
      places.put(path, place(node));
      if (++values > MOST_VALUES) {
        throw EdjException.invalid(
            file.toString(), "has more than %,d values, aliases counted".formatted(MOST_VALUES));
      }
      if (!node.getTag().getValue().startsWith(STANDARD_TAGS)) {
        return fault(node, path, "a tag (%s) has no meaning here".formatted(node.getTag()));
      }
      if (isNull(node)) {
        return null;
      }
      if (type instanceof ParameterizedType generic) {
        return generic.getRawType() == List.class
            ? list(generic.getActualTypeArguments()[0], node, path)
            : map(generic.getActualTypeArguments()[1], node, path);
      }
      if (!(type instanceof Class<?> simple)) {
        throw new IllegalStateException("a component of a type that files cannot have: " + type);
      }
      return simple.isRecord() ? record(simple, node, path) : scalar(simple, node, path);
    }

    private Object list(Type element, Node node, String path) {
      if (!(node instanceof SequenceNode sequence)) {
        return fault(node, path, "must be a list");
      }
      List<Object> elements = new ArrayList<>();
      boolean usable = true;
      for (Node item : sequence.getValue()) {
        String itemPath = "%s[%d]".formatted(path, elements.size());
        Object value = value(element, item, itemPath);
        if (value == null) {
          value = fault(item, itemPath, MISSING);
        }
        elements.add(value);
        usable &= value != Unusable.VALUE;
      }
      return usable ? List.copyOf(elements) : Unusable.VALUE;
    }

    private Object map(Type element, Node node, String path) {
      if (!(node instanceof MappingNode mapping)) {
        return fault(node, path, "must be names with values");
      }
      Map<String, @Nullable Object> bound = new LinkedHashMap<>();
      entries(mapping)
          .forEach((name, entry) ->
              bound.put(name, value(element, entry.getValueNode(), path + "." + name)));
      return bound.containsValue(Unusable.VALUE) ? Unusable.VALUE : bound;
    }

    private Object record(Class<?> type, Node node, String path) {
      if (!(node instanceof MappingNode mapping)) {
        return fault(node, path, instead(type));
      }
      Map<String, NodeTuple> entries = entries(mapping);
      Shape shape = shapes.computeIfAbsent(type, Shape::of);
      refuseUnknown(entries, shape.names(), path);
      @Nullable Object[] arguments = new @Nullable Object[shape.components().size()];
      boolean usable = true;
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = component(shape.components().get(i), entries, node, path);
        usable &= arguments[i] != Unusable.VALUE;
      }
      return usable ? made(shape.constructor(), arguments, node, path) : Unusable.VALUE;
    }

    private void refuseUnknown(Map<String, NodeTuple> entries, List<String> known, String path) {
      entries.forEach((name, entry) -> {
        if (!known.contains(name)) {
          fault(
              entry.getKeyNode(),
              join(path, name),
              "is no field here; "
                  + Spelling.nearest(name, known)
                      .map("did you mean '%s'?"::formatted)
                      .orElseGet(() -> "there are " + String.join(", ", known)));
        }
      });
    }

    private @Nullable Object component(
        Component component, Map<String, NodeTuple> entries, Node node, String path) {
      String fieldPath = join(path, component.name());
      NodeTuple entry = entries.get(component.name());
      Object value =
          entry == null ? null : value(component.type(), entry.getValueNode(), fieldPath);
      if (value == null && !component.mayBeMissing()) {
        return fault(entry == null ? node : entry.getValueNode(), fieldPath, MISSING);
      }
      return value instanceof Map<?, ?> map && !component.valuesMayBeMissing()
          ? complete(map, fieldPath)
          : value;
    }

    private Object complete(Map<?, ?> map, String path) {
      map.forEach((name, value) -> {
        if (value == null) {
          String valuePath = path + "." + name;
          faults.add(Objects.requireNonNull(places.get(valuePath)), valuePath, MISSING);
        }
      });
      return map.containsValue(null) ? Unusable.VALUE : map;
    }

    /// A record may refuse what it is made of.
    private Object made(
        Constructor<?> constructor, @Nullable Object[] arguments, Node node, String path) {
      try {
        return constructor.newInstance(arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof EdjException refusal) {
          return fault(node, path, refusal.text());
        }
        throw new IllegalStateException(e);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record that cannot be made: " + constructor, e);
      }
    }

    private Object scalar(Class<?> type, Node node, String path) {
      if (!(node instanceof ScalarNode scalar)) {
        return fault(node, path, "must be one value");
      }
      String text = scalar.getValue();
      try {
        if (type == String.class) {
          return text;
        }
        if (type == Integer.class || type == int.class) {
          return Integer.valueOf(text);
        }
        if (type == Double.class || type == double.class) {
          return Double.valueOf(text);
        }
        if (type == Boolean.class || type == boolean.class) {
          return truth(text);
        }
        if (type == Duration.class) {
          return Durations.parse(text);
        }
        if (type.isEnum()) {
          return constant(type, text);
        }
      } catch (NumberFormatException e) {
        return fault(node, path, "must be a number, not '%s'".formatted(text));
      } catch (IllegalArgumentException e) {
        return fault(node, path, String.valueOf(e.getMessage()));
      }
      throw new IllegalStateException("a component of a type that files cannot have: " + type);
    }

    private Object fault(Node node, String path, String reason) {
      faults.add(place(node), path, reason);
      return Unusable.VALUE;
    }
  }

  private static String instead(Class<?> type) {
    return type.isAnnotationPresent(Instead.class)
        ? type.getAnnotation(Instead.class).value()
        : "must be fields with values";
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, not '" + text + "'");
    };
  }

  private static Object constant(Class<?> type, String text) {
    List<String> words = Words.of(type);
    if (!words.contains(text)) {
      throw new IllegalArgumentException(
          "'%s' is not one of %s".formatted(text, String.join(", ", words)));
    }
    return type.getEnumConstants()[words.indexOf(text)];
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
