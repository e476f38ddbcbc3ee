package dev.edj.script;

import java.util.Optional;

/// Finds the files that `:r` names.
@FunctionalInterface
public interface Includes {

  /// The file, under a name that is the same (but for case) whichever way it was written, so that a
  /// file that includes itself is noticed; empty if there is none.
  ///
  /// @param name as written behind `:r`, without quotes, its variables replaced
  /// @param from the file that includes it
  Optional<NamedScript> find(String name, NamedScript from) throws ScriptException;
}
