package dev.edj.portal.account;

import static java.util.Objects.requireNonNullElse;

import dev.edj.access.NewToken;
import dev.edj.access.Role;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.text.Durations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token, as it is typed.
///
/// @param name what it is for
/// @param collections the one where it may do something; empty for wherever its user may
record TokenForm(
    @Nullable String name,
    @Nullable String role,
    @Nullable String collections,
    @Nullable String lifetime) {

  static final TokenForm EMPTY = new TokenForm(null, null, null, "90d");

  /// @param user null for one's own
  NewToken newToken(@Nullable String user) {
    return new NewToken(
        requireNonNullElse(name, "").strip(),
        user,
        new Typed("role", role).oneOf(Role.class),
        collections == null || collections.isBlank() ? null : List.of(collections.strip()),
        parsedLifetime());
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
