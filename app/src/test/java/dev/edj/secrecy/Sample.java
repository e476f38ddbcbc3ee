package dev.edj.secrecy;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes instances of the product's classes in which all that is sensitive is a marked value.
final class Sample {

  private static final String MARK = "m4rked-s3cret";

  private Sample() {}

  /// Whether a text has the marked value in it, as it is or as JSON writes bytes.
  static boolean isShownIn(String text) {
    byte[] bytes = MARK.getBytes(StandardCharsets.UTF_8);
    return text.contains(MARK) || text.contains(Base64.getEncoder().encodeToString(bytes));
  }

  static Object of(Class<?> type) {
    try {
      Constructor<?> constructor = constructor(type);
      constructor.setAccessible(true);
      Object made =
          constructor.newInstance(
              Arrays.stream(constructor.getParameters()).map(Sample::argument).toArray());
      if (!type.isRecord()) {
        markFields(type, made);
      }
      return made;
    } catch (InvocationTargetException e) {
      throw new AssertionError(type + " cannot be made of samples", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be made of samples", e);
    }
  }

  /// Of a record the canonical one.
  private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
    if (type.isRecord()) {
      return type.getDeclaredConstructor(
          Arrays.stream(type.getRecordComponents())
              .map(component -> component.getType())
              .toArray(Class<?>[]::new));
    }
    return Arrays.stream(type.getDeclaredConstructors())
        .min(Comparator.comparingInt(Constructor::getParameterCount))
        .orElseThrow(() -> new AssertionError(type + " has no constructor"));
  }

  private static void markFields(Class<?> type, Object made) throws IllegalAccessException {
    for (Field field : type.getDeclaredFields()) {
      if (field.isAnnotationPresent(Sensitive.class)) {
        field.setAccessible(true);
        field.set(made, marked(field.getType()));
      }
    }
  }

  private static @Nullable Object argument(Parameter parameter) {
    return parameter.isAnnotationPresent(Sensitive.class)
        ? marked(parameter.getType())
        : value(parameter.getType());
  }

  private static Object marked(Class<?> type) {
    if (type == String.class) {
      return MARK;
    }
    if (type == byte[].class) {
      return MARK.getBytes(StandardCharsets.UTF_8);
    }
    if (type == Map.class) {
      return Map.of("name", MARK);
    }
    if (type == List.class) {
      return List.of(MARK);
    }
    throw new AssertionError("what is sensitive is a text, bytes, or texts; not " + type);
  }

  private static @Nullable Object value(Class<?> type) {
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    if (type.isArray()) {
      return Array.newInstance(type.componentType(), 0);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isSealed()) {
      return value(requireNonNull(type.getPermittedSubclasses())[0]);
    }
    return SIMPLE.containsKey(type) ? SIMPLE.get(type) : type.isRecord() ? of(type) : null;
  }

  private static final Map<Class<?>, Object> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, "text"),
          Map.entry(CharSequence.class, "text"),
          Map.entry(Boolean.class, true),
          Map.entry(Integer.class, 1),
          Map.entry(Long.class, 1L),
          Map.entry(List.class, List.of()),
          Map.entry(Set.class, Set.of()),
          Map.entry(Map.class, Map.of()),
          Map.entry(Optional.class, Optional.empty()),
          Map.entry(UUID.class, new UUID(1, 1)),
          Map.entry(URI.class, URI.create("https://example.com")),
          Map.entry(Path.class, Path.of("path")),
          Map.entry(Instant.class, Instant.EPOCH),
          Map.entry(Duration.class, Duration.ofSeconds(1)));
}
