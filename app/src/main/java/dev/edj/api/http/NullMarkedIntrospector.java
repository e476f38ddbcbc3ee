package dev.edj.api.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/// A record's component must be given, and not as null, unless it is `@Nullable`: the same words
/// that hold for the code hold for its JSON.
final class NullMarkedIntrospector extends NopAnnotationIntrospector {

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return isRequired(member) ? true : null;
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    return isRequired(annotated)
        ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
        : JsonSetter.Value.empty().withContentNulls(Nulls.FAIL);
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
