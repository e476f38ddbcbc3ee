package dev.edj.script;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A part of a script that is sent to the engine as one text, its variables not yet replaced.
///
/// @param number from 1, in the order of the script
/// @param count how many times it runs; 0 means that it is not run
/// @param line the line of the script, as the person wrote it, on which the text starts
/// @param definitions the `:setvar` values in effect for the variables that the text refers to;
///   names ignore case. Always empty but for SQL Server
/// @param references where the text refers to variables, in order
/// @param lines from the lines of the text to those of the script
public record Batch(
    int number,
    int count,
    int line,
    String text,
    Map<String, String> definitions,
    List<VariableReference> references,
    LineMap lines) {

  public Batch {
    definitions = definitions.isEmpty() ? Map.of() : ignoringCase(definitions);
    references = List.copyOf(references);
  }

  /// A text that refers to no variable and stands in the script as it is.
  public Batch(int number, int count, int line, String text, Map<String, String> definitions) {
    this(number, count, line, text, definitions, List.of(), LineMap.startingAt(line));
  }

  Batch withCount(int times) {
    return new Batch(number, times, line, text, definitions, references, lines);
  }

  private static Map<String, String> ignoringCase(Map<String, String> values) {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(values);
    return Collections.unmodifiableMap(copy);
  }
}
