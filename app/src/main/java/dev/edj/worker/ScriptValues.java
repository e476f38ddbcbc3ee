package dev.edj.worker;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The values of a script's variables on one database.
///
/// @param variables by their names
/// @param secretNames of those whose values must not be written down
record ScriptValues(@Sensitive Map<String, String> variables, Set<String> secretNames) {

  /// With more of them, which everybody may read.
  ScriptValues with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    return new ScriptValues(all, secretNames);
  }

  /// The values that must not be written down.
  List<String> secrets() {
    return secretNames.stream().map(name -> Objects.requireNonNull(variables.get(name))).toList();
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
