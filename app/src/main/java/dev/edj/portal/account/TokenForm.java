package dev.edj.portal.account;

import static java.util.Objects.requireNonNullElse;

import dev.edj.access.NewToken;
import dev.edj.access.Role;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.text.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A token of one's own, as it is typed.
///
/// @param name what it is for
record TokenForm(@Nullable String name, @Nullable String role, @Nullable String lifetime) {

  static final TokenForm EMPTY = new TokenForm(null, null, "90d");

  NewToken newToken() {
    return new NewToken(requireNonNullElse(name, "").strip(), null, parsedRole(), parsedLifetime());
  }

  private @Nullable Role parsedRole() {
    String text = Typed.stripped(role);
    try {
      return text == null ? null : Role.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid("role", "there is no such role");
    }
  }

  private @Nullable Duration parsedLifetime() {
    String text = Typed.stripped(lifetime);
    try {
      return text == null ? null : Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid("lifetime", "write how long: 30d, 12h");
    }
  }
}
