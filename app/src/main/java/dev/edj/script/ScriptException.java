package dev.edj.script;

import java.util.Locale;

/// A script that cannot be right, or cannot be run here; found before any database is touched.
///
/// The message is for the person who wrote the script: where, what is wrong, and what to do.
public final class ScriptException extends Exception {

  /// What kind of mistake it is.
  public enum Code {
    /// There is no batch to run.
    EMPTY_SCRIPT,
    /// The bytes are not text in UTF-8 or UTF-16.
    MALFORMED_TEXT,
    COMMENT_NOT_TERMINATED,
    /// A string, a quoted name or a dollar-quoted text is open at the end of the script.
    STRING_NOT_TERMINATED,
    /// What follows `GO` is not a count that EDJ can keep to.
    INVALID_BATCH_COUNT,
    /// A command such as `:setvar` or `DELIMITER` is not written as it must be.
    INVALID_COMMAND,
    /// A command of a client program that EDJ does not carry out.
    UNSUPPORTED_COMMAND,
    /// A `$(` that does not begin a reference to a variable.
    INVALID_VARIABLE,
    UNDEFINED_VARIABLE,
    INCLUDE_NOT_FOUND,
    /// A file includes itself, if only by way of others.
    INCLUDE_CYCLE,
    /// With the values of its variables in place a text is longer than EDJ sends.
    TOO_LONG
  }

  private final Code code;
  private final Position position;
  private final String explanation;

  ScriptException(Code code, Position position, String explanation) {
    this("", code, position, explanation);
  }

  private ScriptException(String place, Code code, Position position, String explanation) {
    super(
        String.format(
            Locale.ROOT,
            "%sLine %d, column %d: %s",
            place,
            position.line(),
            position.column(),
            explanation));
    this.code = code;
    this.position = position;
    this.explanation = explanation;
  }

  public Code code() {
    return code;
  }

  /// 1-based, in the script as it was written.
  public int line() {
    return position.line();
  }

  /// 1-based, in characters.
  public int column() {
    return position.column();
  }

  ScriptException inFile(String name) {
    return new ScriptException("In " + name + ": ", code, position, explanation);
  }
}
