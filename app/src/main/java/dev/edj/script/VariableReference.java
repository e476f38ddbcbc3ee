package dev.edj.script;

import static dev.edj.script.ScriptException.Code.INVALID_VARIABLE;

import java.util.ArrayList;
import java.util.List;

/// A `$(name)` in a text, from one offset to before another. Names ignore case.
public record VariableReference(String name, int start, int end) {

  private static final String OPENING = "$(";

  /// The references between two offsets of a script; every `$(` must begin one.
  static List<VariableReference> listStrict(Source source, int start, int end)
      throws ScriptException {
    return list(source, start, end, true);
  }

  /// The references between two offsets of a script; a `$(` that begins none is plain text.
  static List<VariableReference> listLenient(Source source, int start, int end)
      throws ScriptException {
    return list(source, start, end, false);
  }

  VariableReference movedBy(int offset) {
    return new VariableReference(name, start + offset, end + offset);
  }

  private static List<VariableReference> list(Source source, int start, int end, boolean strict)
      throws ScriptException {
    String text = source.text();
    int opening = text.indexOf(OPENING, start, end);
    if (opening < 0) {
      return List.of();
    }
    List<VariableReference> references = new ArrayList<>();
    while (opening >= 0) {
      int nameStart = opening + OPENING.length();
      int nameEnd = nameEnd(text, nameStart, end);
      boolean closed = nameEnd > nameStart && nameEnd < end && text.charAt(nameEnd) == ')';
      if (closed) {
        String name = text.substring(nameStart, nameEnd);
        references.add(new VariableReference(name, opening, nameEnd + 1));
      } else if (strict) {
        throw source.error(
            INVALID_VARIABLE,
            opening,
            """
            this is no reference to a variable. Write $(name), the name in letters, \
            digits, _ and -; for the two characters themselves write $(dollar)(.\
            """);
      }
      opening = text.indexOf(OPENING, nameEnd, end);
    }
    return references;
  }

  private static int nameEnd(String text, int start, int end) {
    int at = start;
    if (at < end && startsName(text.charAt(at))) {
      do {
        at++;
      } while (at < end && continuesName(text.charAt(at)));
    }
    return at;
  }

  static boolean startsName(char character) {
    return Ascii.isLetter(character) || character == '_';
  }

  static boolean continuesName(char character) {
    return startsName(character) || Ascii.isDigit(character) || character == '-';
  }
}
