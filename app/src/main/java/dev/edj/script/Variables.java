package dev.edj.script;

import static dev.edj.script.ScriptException.Code.TOO_LONG;
import static dev.edj.script.ScriptException.Code.UNDEFINED_VARIABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts values in the place of `$(name)`.
///
/// A value is put in as it is: what looks like a reference in it stays. A `:setvar` of the script
/// wins over the built-in `$(dollar)`, and that over a value given from outside.
public final class Variables {

  /// The built-in variable whose value is `$`, so that `$(dollar)(x)` gives `$(x)`.
  static final String DOLLAR = "dollar";

  /// In characters; far above any script, far below what would hurt the service.
  static final int MAXIMUM_LENGTH = 64 * 1024 * 1024;

  static final String TOO_LONG_EXPLANATION =
      "with the values of its variables in place, this text is longer than "
          + MAXIMUM_LENGTH
          + " characters. Use shorter values, or fewer of them.";

  private Variables() {}

  /// The text to send. `values` are those given from outside; their names ignore case.
  public static PreparedBatch prepare(Batch batch, Map<String, String> values)
      throws ScriptException {
    if (batch.references().isEmpty()) {
      return new PreparedBatch(batch.text(), batch.lines());
    }
    Map<String, String> known = inEffect(batch, values);
    var text = new StringBuilder();
    List<Replacement> replacements = new ArrayList<>();
    int copied = 0;
    for (VariableReference reference : batch.references()) {
      String value = known.get(reference.name());
      if (value == null) {
        throw undefined(batch, reference);
      }
      text.append(batch.text(), copied, reference.start());
      replacements.add(new Replacement(reference, text.length(), value));
      text.append(value);
      copied = reference.end();
      if (text.length() > MAXIMUM_LENGTH) {
        throw error(TOO_LONG, batch, reference, TOO_LONG_EXPLANATION);
      }
    }
    text.append(batch.text(), copied, batch.text().length());
    String prepared = text.toString();
    return new PreparedBatch(prepared, Replacement.lines(replacements, batch, prepared));
  }

  /// Refuses a batch with a variable that has no value.
  public static void requireAll(Batch batch, Map<String, String> values) throws ScriptException {
    if (batch.references().isEmpty()) {
      return;
    }
    Map<String, String> known = inEffect(batch, values);
    for (VariableReference reference : batch.references()) {
      if (!known.containsKey(reference.name())) {
        throw undefined(batch, reference);
      }
    }
  }

  private static Map<String, String> inEffect(Batch batch, Map<String, String> values) {
    Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    known.putAll(values);
    known.put(DOLLAR, "$");
    known.putAll(batch.definitions());
    return known;
  }

  private static ScriptException undefined(Batch batch, VariableReference reference) {
    return error(
        UNDEFINED_VARIABLE,
        batch,
        reference,
        """
        the variable %1$s has no value. Give it one, or write $(dollar)(%1$s) if no \
        variable is meant.\
        """
            .formatted(reference.name()));
  }

  private static ScriptException error(
      ScriptException.Code code, Batch batch, VariableReference reference, String explanation) {
    Position inText = new Lines(batch.text()).position(reference.start());
    int line = batch.lines().scriptLine(inText.line());
    return new ScriptException(code, new Position(line, inText.column()), explanation);
  }
}
