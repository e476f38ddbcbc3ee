package dev.edj.files.kind;

import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Place;

/// Reads secrets from where they are, and puts those that the service makes where they are to be;
/// an [dev.edj.problem.EdjException] says which cannot be.
public interface Secrets {

  String read(SecretSource source, Place place);

  /// Refuses a destination that could not take a secret, while there is none to be lost.
  void check(SecretDestination destination, Place place);

  /// Keeps room for a secret that the service makes next, and that only `save` fills: left as it
  /// is, it says that the secret was lost.
  void reserve(SecretDestination destination, Place place);

  /// Puts a secret where room was kept for it.
  void save(String secret, SecretDestination destination, Place place);
}
