package dev.edj.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values of a script's variables on one database.
///
/// @param variables by their names
/// @param secrets those of the values that must not be written down
record ScriptValues(Map<String, String> variables, List<String> secrets) {

  /// With more of them, which everybody may read.
  ScriptValues with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    return new ScriptValues(all, secrets);
  }

  @Override
  public String toString() {
    return "ScriptValues[variables=" + variables.keySet() + "]";
  }
}
