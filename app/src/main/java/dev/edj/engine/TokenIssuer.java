package dev.edj.engine;

/// Who made a password that is good for a while only. Equal issuers make the same.
@FunctionalInterface
public interface TokenIssuer {

  /// The server did not take this one; the next login needs another.
  void drop(Password token);
}
