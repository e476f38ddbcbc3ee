package dev.edj.api.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/// A record's component must be given, and not as null, unless it is `@Nullable`, and likewise what
/// is in a list or a map: the same words that hold for the code hold for its JSON.
final class NullMarkedIntrospector extends NopAnnotationIntrospector {

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return isRequired(member) ? true : null;
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    Nulls ofContent = hasNullableContent(annotated) ? Nulls.SET : Nulls.FAIL;
    return isRequired(annotated)
        ? JsonSetter.Value.construct(Nulls.FAIL, ofContent)
        : JsonSetter.Value.empty().withContentNulls(ofContent);
  }

  private static boolean hasNullableContent(Annotated annotated) {
    return type(annotated) instanceof AnnotatedParameterizedType type
        && Arrays.stream(type.getAnnotatedActualTypeArguments())
            .reduce((first, last) -> last)
            .map(NullMarkedIntrospector::isNullable)
            .orElse(false);
  }

  private static @Nullable AnnotatedType type(Annotated annotated) {
    return switch (annotated) {
      case AnnotatedParameter parameter
          when parameter.getOwner().getAnnotated() instanceof Executable executable ->
          executable.getAnnotatedParameterTypes()[parameter.getIndex()];
      case AnnotatedField field -> field.getAnnotated().getAnnotatedType();
      case AnnotatedMethod method -> method.getAnnotated().getAnnotatedReturnType();
      default -> null;
    };
  }

  private static boolean isRequired(Annotated annotated) {
    return annotated instanceof AnnotatedParameter parameter
        && parameter.getOwner().getAnnotated() instanceof Executable executable
        && executable.getDeclaringClass().isRecord()
        && executable.getDeclaringClass().getPackage().isAnnotationPresent(NullMarked.class)
        && !isNullable(executable.getAnnotatedParameterTypes()[parameter.getIndex()]);
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
