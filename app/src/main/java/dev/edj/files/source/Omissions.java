package dev.edj.files.source;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// What a file may leave out of a record, as the record says it of its components.
public final class Omissions {

  private Omissions() {}

  public static boolean mayBeMissing(RecordComponent component) {
    return isNullable(component.getAnnotatedType());
  }

  /// Whether names may be there without their values.
  public static boolean valuesMayBeMissing(RecordComponent component) {
    if (component.getAnnotatedType() instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      return isNullable(arguments[arguments.length - 1]);
    }
    return false;
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
