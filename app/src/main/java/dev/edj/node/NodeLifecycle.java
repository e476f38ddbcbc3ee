package dev.edj.node;

/// Where a node stands.
public enum NodeLifecycle {
  /// Alive, and takes work as its roles say.
  Active,
  /// Alive, and takes nothing new.
  Draining,
  /// Said good-bye.
  Stopped,
  /// Let its lease run out without a word.
  Lost;

  public boolean alive() {
    return this == Active || this == Draining;
  }
}
