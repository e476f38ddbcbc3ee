package dev.edj.script;

import static dev.edj.script.ScriptException.Code.TOO_LONG;
import static dev.edj.script.ScriptException.Code.UNDEFINED_VARIABLE;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The `:setvar` values in effect at the place that is being read. Names ignore case.
final class Definitions {

  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  void set(String name, String value) {
    values.put(name, value);
  }

  void remove(String name) {
    values.remove(name);
  }

  /// Those that the references ask for: what a batch needs to keep, however many a script defines.
  Map<String, String> of(List<VariableReference> references) {
    if (values.isEmpty() || references.isEmpty()) {
      return Map.of();
    }
    Map<String, String> asked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (VariableReference reference : references) {
      String value = values.get(reference.name());
      if (value != null) {
        asked.put(reference.name(), value);
      }
    }
    return asked;
  }

  /// What the cursor has passed since `start`, with the values in place. A part of a command must
  /// be known while the script is split, so values given from outside cannot serve here.
  String resolve(Cursor cursor, int start) throws ScriptException {
    Source source = cursor.source();
    var resolved = new StringBuilder();
    int copied = start;
    for (VariableReference reference :
        VariableReference.listStrict(source, start, cursor.offset())) {
      String value = values.get(reference.name());
      if (value == null) {
        throw source.error(
            UNDEFINED_VARIABLE,
            reference.start(),
            """
            the variable %1$s has no value here. Set it above this line with :setvar \
            %1$s; a value given from outside is not known when the script is split.\
            """
                .formatted(reference.name()));
      }
      resolved.append(source.text(), copied, reference.start()).append(value);
      copied = reference.end();
      if (resolved.length() > Variables.MAXIMUM_LENGTH) {
        throw source.error(TOO_LONG, reference.start(), Variables.TOO_LONG_EXPLANATION);
      }
    }
    return resolved.append(source.text(), copied, cursor.offset()).toString();
  }
}
