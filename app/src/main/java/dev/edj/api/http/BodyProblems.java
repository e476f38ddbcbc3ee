package dev.edj.api.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Says what is wrong with a JSON body in the words of the one who wrote it. Values are never
/// repeated: one of them may be a password.
final class BodyProblems {

  private BodyProblems() {}

  static EdjException of(@Nullable Throwable cause) {
    return switch (cause) {
      case null -> body("a JSON body is needed");
      case EdjException e -> e;
      case JacksonException e when e.getCause() instanceof EdjException inner -> inner;
      case StreamConstraintsException e -> body("the body's JSON is nested too deeply or too long");
      case UnrecognizedPropertyException e -> unknownField(e);
      case InvalidNullException e -> field(e, "must be given");
      case MismatchedInputException e -> field(e, reason(e));
      case InputCoercionException e -> field(e, "is a number out of range");
      case StreamReadException e -> body("the body is not JSON" + place(e));
      default -> body("the body cannot be read");
    };
  }

  private static EdjException unknownField(UnrecognizedPropertyException e) {
    Collection<Object> known = e.getKnownPropertyIds();
    return field(
        e,
        "there is no such field; there are "
            + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")));
  }

  private static String reason(MismatchedInputException e) {
    String message = e.getOriginalMessage();
    if (message.startsWith("Missing required creator property")) {
      return "must be given";
    }
    if (message.startsWith("must ")) {
      return message;
    }
    Class<?> type = e.getTargetType();
    return type == null ? "is not of the right type" : "must be " + noun(type);
  }

  private static String noun(Class<?> type) {
    if (type.isEnum()) {
      return "one of " + constants(type);
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
      return "a whole number";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a number";
    }
    if (type == Duration.class) {
      return "an ISO 8601 duration";
    }
    if (type == Instant.class) {
      return "an ISO 8601 time in UTC";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    if (type == byte[].class) {
      return "Base64";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "of another type";
  }

  private static String constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> jsonName((Enum<?>) constant))
        .collect(Collectors.joining(", "));
  }

  private static String jsonName(Enum<?> constant) {
    try {
      JsonProperty name =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return name == null ? constant.name() : name.value();
    } catch (NoSuchFieldException e) {
      throw new LinkageError("an enum without a field for its constant " + constant, e);
    }
  }

  private static EdjException field(JacksonException e, String reason) {
    String path = path(e);
    return path.isEmpty() ? body("the body " + reason) : EdjException.invalid(path, reason);
  }

  /// `steps[0].content`
  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : e.getPath()) {
      String name = reference.getPropertyName();
      if (name == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
      }
    }
    return path.toString();
  }

  private static String place(StreamReadException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static EdjException body(String sentence) {
    return new EdjException(ErrorCode.INVALID_BODY, null, sentence);
  }
}
