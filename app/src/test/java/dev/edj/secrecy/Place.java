package dev.edj.secrecy;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/// Where a class of the product holds something: a component, a field, or a parameter that a route
/// reads from a request.
///
/// @param owner the class, or the class and its method
record Place(String owner, String name, Class<?> type, Type full, AnnotatedElement element) {

  static Stream<Place> of(Class<?> type) {
    return Stream.concat(held(type), Arrays.stream(type.getDeclaredMethods()).flatMap(Place::read));
  }

  private static Stream<Place> held(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .map(it -> new Place(named(type), it.getName(), it.getType(), it.getGenericType(), it))
        : Arrays.stream(type.getDeclaredFields())
            .filter(it -> !Modifier.isStatic(it.getModifiers()) && !it.isSynthetic())
            .map(it -> new Place(named(type), it.getName(), it.getType(), it.getGenericType(), it));
  }

  private static Stream<Place> read(Method method) {
    String owner = named(method.getDeclaringClass()) + "." + method.getName();
    return AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class)
        ? Arrays.stream(method.getParameters())
            .map(it -> new Place(owner, it.getName(), it.getType(), it.getParameterizedType(), it))
        : Stream.empty();
  }

  private static String named(Class<?> type) {
    return type.getName().replaceFirst("^dev\\.edj\\.", "");
  }

  /// Whether it is a text, bytes, or many texts.
  boolean holdsTexts() {
    return CharSequence.class.isAssignableFrom(type)
        || type == byte[].class
        || type == char[].class
        || type == String[].class
        || (isMany() && full.getTypeName().contains("java.lang.String>"));
  }

  private boolean isMany() {
    return Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type);
  }

  /// Whether it is in an object, not in a request.
  boolean isHeld() {
    return !(element instanceof Parameter);
  }

  boolean isSensitive() {
    return element.isAnnotationPresent(Sensitive.class);
  }

  @Override
  public String toString() {
    return owner + "." + name;
  }
}
