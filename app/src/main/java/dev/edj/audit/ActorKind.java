package dev.edj.audit;

/// What kind of somebody did something.
public enum ActorKind {
  /// Whoever has the local token.
  Local,
  /// A user who signed in.
  User,
  /// A program that showed a token of a user.
  Token,
  /// EDJ itself, of its own accord: a trigger's start.
  Service,
  /// Somebody who has not signed in.
  Anonymous
}
