package dev.edj.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who one is to the service.
///
/// @param role the greatest that one has; null for none
/// @param grants the roles, as they were given; those of the local token are all
/// @param token the name of the token that was shown; null for none, or the local one
public record Account(
    AccountKind kind,
    String name,
    @Nullable Role role,
    List<Grant> grants,
    @Nullable String token) {

  /// Whether one is this user, or a program of theirs.
  public boolean isOf(String user) {
    return (kind == AccountKind.User || kind == AccountKind.Token) && name.equalsIgnoreCase(user);
  }

  public static Account of(Caller caller) {
    Role role = caller.role().orElse(null);
    return switch (caller) {
      case Caller.Local _ ->
          new Account(AccountKind.Local, caller.name(), role, Grants.ALL.grants(), null);
      case Caller.Person person ->
          new Account(AccountKind.User, caller.name(), role, person.grants().grants(), null);
      case Caller.Vouched vouched ->
          new Account(AccountKind.Provider, caller.name(), role, vouched.grants().grants(), null);
      case Caller.Bearer bearer ->
          new Account(
              bearer.kind() == TokenKind.Api ? AccountKind.Token : AccountKind.User,
              caller.name(),
              role,
              bearer.owner().grants().grants(),
              bearer.token());
    };
  }
}
