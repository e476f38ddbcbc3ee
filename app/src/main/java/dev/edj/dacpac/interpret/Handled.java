package dev.edj.dacpac.interpret;

import dev.edj.dacpac.model.DatabaseObject;

/// A type of elements that become objects of a database.
record Handled(ElementRule rule, Maker maker) {

  /// Makes the object of one element.
  interface Maker {
    DatabaseObject make(Reading reading) throws Refusal;
  }
}
