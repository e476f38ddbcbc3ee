package dev.edj.portal.account;

import static java.util.Objects.requireNonNullElse;

import dev.edj.access.Grant;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import dev.edj.access.User;
import dev.edj.portal.site.Typed;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user as they are typed. Nothing of the password is shown again.
///
/// @param password empty for a program, which comes with a token
record UserForm(
    @Nullable String name,
    @Nullable String displayName,
    @Sensitive @Nullable String password,
    @Sensitive @Nullable String repeated,
    @Nullable String role) {

  static final UserForm EMPTY = new UserForm(null, null, null, null, Role.Reader.name());

  static UserForm of(User user) {
    return new UserForm(user.name(), user.displayName(), null, null, null);
  }

  UserForm withoutPassword() {
    return new UserForm(name, displayName, null, null, role);
  }

  NewUser newUser() {
    Role first = new Typed("role", role).oneOf(Role.class);
    String typed = new PasswordForm(null, password, repeated).checked();
    return new NewUser(
        requireNonNullElse(name, "").strip(),
        displayed(),
        typed.isEmpty() ? null : typed,
        first == null ? List.of() : List.of(new Grant(first)));
  }

  String displayed() {
    return requireNonNullElse(displayName, "").strip();
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
