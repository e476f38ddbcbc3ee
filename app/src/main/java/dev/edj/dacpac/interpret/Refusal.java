package dev.edj.dacpac.interpret;

/// Why an element cannot be understood. It ends the reading of that element; the others are read
/// on, so that everything that is wrong with a package is told at once.
final class Refusal extends Exception {

  /// @param message what is wrong, such as `the relationship Schema is missing`
  Refusal(String message) {
    super(message, null, false, false);
  }
}
