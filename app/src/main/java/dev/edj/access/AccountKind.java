package dev.edj.access;

/// How somebody is known to the service.
public enum AccountKind {
  /// By the token in the service's data directory.
  Local,
  /// By a password.
  User,
  /// By a token that was made for a program.
  Token,
  /// By the word of an OpenID provider.
  Provider
}
