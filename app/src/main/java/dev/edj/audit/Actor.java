package dev.edj.audit;

import org.jspecify.annotations.Nullable;

/// Who did something.
///
/// @param token the name of the token that a program showed
public record Actor(ActorKind kind, String name, @Nullable String token) {

  public static final Actor SERVICE = new Actor(ActorKind.Service, "service", null);
  public static final Actor ANONYMOUS = new Actor(ActorKind.Anonymous, "anonymous", null);

  public static Actor local(String name) {
    return new Actor(ActorKind.Local, name, null);
  }

  public static Actor user(String name) {
    return new Actor(ActorKind.User, name, null);
  }

  /// A program with a token of a user.
  public static Actor program(String user, String token) {
    return new Actor(ActorKind.Token, user, token);
  }
}
