package dev.edj.script;

import java.io.Serializable;

/// A place in a script as a person counts: the first character stands on line 1, column 1.
record Position(int line, int column) implements Serializable {

  static final Position START = new Position(1, 1);
}
