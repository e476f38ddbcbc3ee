package dev.edj.web.oidc;

import dev.edj.settings.OidcSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a token says of somebody.
record Claims(Map<String, Object> values) {

  private static final String EMAIL = "email";

  /// What they are called, by the first claim that says so; an e-mail address that nobody checked
  /// could be anybody's.
  Optional<String> name(OidcSettings settings) {
    Stream<String> places =
        settings.nameClaim() == null
            ? Stream.of("preferred_username", EMAIL, "sub")
            : Stream.of(settings.nameClaim());
    return places
        .filter(place -> settings.nameClaim() != null || isTrusted(place))
        .flatMap(place -> texts(find(place)).limit(1))
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  List<String> roles(OidcSettings settings) {
    return isTrusted(settings.rolesClaim())
        ? texts(find(settings.rolesClaim())).toList()
        : List.of();
  }

  private boolean isTrusted(String place) {
    return !place.equals(EMAIL) || Boolean.TRUE.equals(values.get("email_verified"));
  }

  private static Stream<String> texts(@Nullable Object value) {
    return switch (value) {
      case String text -> Stream.of(text);
      case Collection<?> several ->
          several.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.of();
    };
  }

  /// A claim whose name has dots in it, as those that are URLs, goes before a path.
  private @Nullable Object find(String place) {
    if (values.containsKey(place)) {
      return values.get(place);
    }
    Object found = values;
    for (String part : place.split("\\.", -1)) {
      if (!(found instanceof Map<?, ?> inner)) {
        return null;
      }
      found = inner.get(part);
    }
    return found;
  }
}
