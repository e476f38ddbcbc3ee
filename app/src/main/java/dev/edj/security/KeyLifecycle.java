package dev.edj.security;

/// What a key is to the service.
public enum KeyLifecycle {
  /// Known, and not yet encrypted with.
  Waiting,
  /// What is encrypted now is encrypted with it.
  Current,
  /// Another one took its place; something may still be encrypted with it.
  Replaced,
  /// Nothing is encrypted with it any more, and nothing will be.
  Retired
}
