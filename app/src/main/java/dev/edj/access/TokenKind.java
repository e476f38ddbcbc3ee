package dev.edj.access;

/// How a token came to be.
public enum TokenKind {
  /// Made for a program.
  Api,
  /// What `edj sign-in` keeps; it ends with its user's password, roles or being enabled.
  SignIn
}
